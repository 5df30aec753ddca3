package dev.pgattest.audit;

import dev.pgattest.Severity;
import dev.pgattest.audit.Attempt.SessionTenant;
import dev.pgattest.audit.Attempt.Verdict;
import dev.pgattest.audit.AuditRule.Found;
import dev.pgattest.audit.AuditRule.Page;
import dev.pgattest.sql.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about what was tried as one tenant against another. */
final class ProofRules {

    static final List<AuditRule> ALL = List.of(
            new AuditRule(
                    "proved-hole",
                    Severity.ERROR,
                    new Page(
                            "It was tried, and it worked: as the application, for one tenant or for none, rows of another were read,"
                                    + " written, or found out about.",
                            "The other findings about the same object say why. --format json has every attempt.",
                            "Tried on the server."),
                    ProofRules::holes),
            new AuditRule(
                    "not-proved",
                    Severity.ERROR,
                    new Page(
                            "Something could not be tried: no rows could be made, the application does not see its own, or the role that"
                                    + " asks may not take the application's place. Nothing is known then, so for a table it is an error;"
                                    + " for a view or a function a warning.",
                            "Remove the reason that the finding names, or give the rule another severity when other tests cover it.",
                            "Tried on the server."),
                    ProofRules::unproved),
            new AuditRule(
                    "proved-by-uuid",
                    Severity.INFO,
                    new Page(
                            "It worked, with a key that cannot be guessed: who has learned the uuid of another tenant's row can find out"
                                    + " that it exists, or refer to it.",
                            "Nothing, as long as the ids are kept secret. A key with the tenant column closes it.",
                            "Tried on the server."),
                    ProofRules::tolerated));

    private ProofRules() {}

    private record Key(String object, String role) {}

    private static Map<Key, List<Attempt>> with(Examination database, Verdict verdict) {
        return database.attempts().stream()
                .filter(attempt -> attempt.verdict() == verdict)
                .collect(Collectors.groupingBy(
                        attempt -> new Key(attempt.object(), attempt.role()), LinkedHashMap::new, Collectors.toList()));
    }

    private static Stream<Found> holes(Examination database) {
        return with(database, Verdict.HOLE).entrySet().stream()
                .map(each -> Found.of(
                        each.getKey().object(),
                        "tried as " + Identifier.quote(each.getKey().role()) + ", and it worked: "
                                + said(each.getValue()),
                        ""));
    }

    private static Stream<Found> tolerated(Examination database) {
        return with(database, Verdict.TOLERATED).entrySet().stream()
                .map(each -> Found.of(
                        each.getKey().object(),
                        "tried as " + Identifier.quote(each.getKey().role())
                                + ", and it worked with another tenant's uuid: " + said(each.getValue()),
                        ""));
    }

    private static Stream<Found> unproved(Examination database) {
        return with(database, Verdict.NOT_PROVED).entrySet().stream().map(each -> {
            Found found = Found.of(
                    each.getKey().object(),
                    "not proved as " + Identifier.quote(each.getKey().role()) + ": " + said(each.getValue()),
                    "");
            boolean table = database.tenantTables().stream()
                    .anyMatch(relation ->
                            relation.name().sql().equals(each.getKey().object()));
            return table ? found : found.weighing(Severity.WARNING);
        });
    }

    private static String said(List<Attempt> attempts) {
        List<String> parts = new ArrayList<>();
        for (Attempt attempt : attempts) {
            String session = attempt.session() == SessionTenant.A
                    ? ""
                    : " with the setting " + attempt.session().word();
            String constraint = attempt.constraint().isEmpty() ? "" : " " + Identifier.quote(attempt.constraint());
            parts.add(attempt.action().word().replace('_', ' ') + constraint + session + ": " + attempt.outcome());
        }
        return String.join("; ", parts);
    }
}
