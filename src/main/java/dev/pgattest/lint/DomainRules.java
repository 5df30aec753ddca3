package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.stream.Collectors;

/** Rules about domains, whose constraints are checked wherever a column is of the type. */
final class DomainRules {

    private static final String SOURCE = "Manual, ALTER DOMAIN; typecmds.c, validateDomainCheckConstraint.";

    static final List<LintRule> ALL = List.of(
            LintRule.error("add-domain-constraint-not-valid-missing")
                    .page(new Page(
                            "A constraint that is added to a domain without NOT VALID",
                            "PostgreSQL reads every table that has a column of the type, one after the other, and holds SHARE on each until"
                                    + " the transaction ends: writes to all of them wait.",
                            "Add it as NOT VALID, which reads nothing and holds for new values at once. VALIDATE CONSTRAINT takes SHARE, too:"
                                    + " do it when few write, or look for offending rows with plain queries and leave it at that.",
                            SOURCE))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.SHARE, "people"))
                    .checks(DomainRules::add),
            LintRule.error("set-domain-not-null-scan")
                    .page(new Page(
                            "SET NOT NULL on a domain",
                            "PostgreSQL reads every table that has a column of the type, one after the other, and holds SHARE on each until"
                                    + " the transaction ends: writes to all of them wait. There is no NOT VALID for it.",
                            "Make the columns NOT NULL, each by a validated CHECK of its table, and leave the domain as it is; or add CHECK"
                                    + " (VALUE IS NOT NULL) to the domain as NOT VALID.",
                            SOURCE))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.SHARE, "people"))
                    .checks(DomainRules::setNotNull),
            LintRule.warning("validate-domain-constraint")
                    .page(new Page(
                            "VALIDATE CONSTRAINT of a domain",
                            "Unlike that of a table it holds SHARE, on every table that has a column of the type, until the transaction"
                                    + " ends: writes to all of them wait while it reads.",
                            "Do it when few write, under a lock_timeout. The constraint holds for new values without it; plain queries find"
                                    + " old rows that offend.",
                            SOURCE))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.SHARE, "people"))
                    .checks(DomainRules::validate));

    private DomainRules() {}

    private static boolean changesOldDomain(Visit visit, String subtype) {
        if (!visit.is("AlterDomainStmt") || !visit.node().text("subtype").equals(subtype)) {
            return false;
        }
        return visit.session()
                .objects()
                .type(domain(visit))
                .map(type -> type.origin().file() != visit.session().fileOrdinal())
                .orElse(true);
    }

    private static QualifiedName domain(Visit visit) {
        return visit.session().name(visit.node().names("typeName"));
    }

    private static String shown(Visit visit) {
        List<String> parts = visit.node().names("typeName");
        return parts.stream().map(Command::quoted).collect(Collectors.joining("."));
    }

    /** What is read: the known tables with a column of the type. */
    private static String reads(Visit visit) {
        QualifiedName domain = domain(visit);
        String known = visit.session().objects().tables().stream()
                .filter(table -> table.columns().values().stream()
                        .anyMatch(column -> !column.type().isEmpty()
                                && visit.session()
                                        .name(List.of(column.type().split("\\.")))
                                        .equals(domain)))
                .map(table -> Command.quoted(table.name().name()))
                .collect(Collectors.joining(", "));
        return " reads every table with a column of the type" + (known.isEmpty() ? "" : " (" + known + ")")
                + " under SHARE: writes to them wait until it is done";
    }

    private static void add(Visit visit) {
        ParseNode constraint = visit.node().child("def");
        boolean reads = constraint.text("contype").equals("CONSTR_CHECK") && !constraint.flag("skip_validation");
        if (changesOldDomain(visit, "C") && reads) {
            Statement statement = visit.statement();
            String name = constraint.text("conname");
            String given = name.isEmpty() ? domain(visit).name() + "_check" : name;
            visit.find("adding a constraint to the domain " + shown(visit) + reads(visit))
                    .remedy(statement.text() + " " + statement.keyword("not valid")
                            + ";\n-- when few write:\nalter domain " + shown(visit) + " validate constraint "
                            + Command.quoted(given) + ";")
                    .add();
        }
    }

    private static void setNotNull(Visit visit) {
        boolean adds = visit.is("AlterDomainStmt")
                && visit.node().child("def").text("contype").equals("CONSTR_NOTNULL");
        if (changesOldDomain(visit, "O") || (adds && changesOldDomain(visit, "C"))) {
            visit.find("making the domain " + shown(visit) + " NOT NULL" + reads(visit))
                    .remedy("alter domain " + shown(visit) + " add constraint "
                            + Command.quoted(domain(visit).name() + "_present")
                            + " check (value is not null) not valid;")
                    .add();
        }
    }

    private static void validate(Visit visit) {
        if (changesOldDomain(visit, "V")) {
            visit.find("validating a constraint of the domain " + shown(visit) + reads(visit))
                    .remedy("-- when few write, in a transaction of its own:\nset lock_timeout = '2s';\n"
                            + visit.statement().text() + ";")
                    .add();
        }
    }
}
