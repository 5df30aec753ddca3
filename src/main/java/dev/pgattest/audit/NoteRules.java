package dev.pgattest.audit;

import dev.pgattest.Severity;
import dev.pgattest.audit.AuditRule.Found;
import dev.pgattest.audit.AuditRule.Page;
import java.util.List;
import java.util.stream.Stream;

/** Rules about other ways out, and about what was not seen. */
final class NoteRules {

    static final List<AuditRule> ALL = List.of(
            new AuditRule(
                    "statistics-readable",
                    Severity.ERROR,
                    new Page(
                            "The application may read pg_statistic, which holds the most common values of every column. The view"
                                    + " pg_stats hides those of tables whose policies hold the reader; the table does not.",
                            "REVOKE SELECT ON pg_catalog.pg_statistic.",
                            "PostgreSQL's manual: pg_statistic; pg_stats."),
                    NoteRules::statistics),
            new AuditRule(
                    "large-objects-readable",
                    Severity.WARNING,
                    new Page(
                            "Large objects that the application's roles, or PUBLIC, may read. They have no row-level security: who knows"
                                    + " or guesses a number reads the object.",
                            "Keep such data in a column of a guarded table, or revoke the rights on the objects.",
                            "PostgreSQL's manual: Large Objects."),
                    NoteRules::largeObjects),
            new AuditRule(
                    "sequences-shared",
                    Severity.INFO,
                    new Page(
                            "The application may look at sequences: their values tell how many rows all tenants make together.",
                            "Nothing, unless that is a secret. Keys of uuid tell nothing.",
                            "PostgreSQL's manual: CREATE SEQUENCE."),
                    NoteRules::sequences),
            new AuditRule(
                    "no-application-role",
                    Severity.WARNING,
                    new Page(
                            "Nothing says as which role the application works, and none but superusers have rights on tables of tenants.",
                            "Name it with --role.",
                            "pgattest."),
                    NoteRules::nobody),
            new AuditRule(
                    "not-seen",
                    Severity.INFO,
                    new Page("Something was not looked at.", "As the finding says.", "pgattest."),
                    NoteRules::gaps));

    private NoteRules() {}

    private static Stream<Found> statistics(Examination database) {
        return database.snapshot().access().odds().statistics().stream()
                .filter(role ->
                        database.role(role).filter(each -> !each.isFree()).isPresent())
                .map(role -> Found.of(
                        "pg_catalog.pg_statistic",
                        Examination.quoted(List.of(role)) + " may read it, with the most common values of all tenants",
                        "revoke select on pg_catalog.pg_statistic from " + Examination.quoted(List.of(role)) + ";"));
    }

    private static Stream<Found> largeObjects(Examination database) {
        long count = database.snapshot().access().odds().largeObjects();
        return count == 0
                ? Stream.empty()
                : Stream.of(Found.of(
                        "",
                        "the application may read " + count + " large objects, whoever they belong to",
                        "revoke all on large object ... from public;"));
    }

    private static Stream<Found> sequences(Examination database) {
        int count = database.snapshot().access().odds().sequences();
        return count == 0
                ? Stream.empty()
                : Stream.of(Found.of(
                        "",
                        "the application may look at " + count
                                + " sequences, which tell how much all tenants write together",
                        ""));
    }

    private static Stream<Found> nobody(Examination database) {
        return database.applicationRoles().isEmpty()
                ? Stream.of(Found.of("", "nothing says as which role the application works", "name it with --role"))
                : Stream.empty();
    }

    private static Stream<Found> gaps(Examination database) {
        return database.snapshot().gaps().stream().map(gap -> Found.of(gap.object(), gap.message(), gap.remedy()));
    }
}
