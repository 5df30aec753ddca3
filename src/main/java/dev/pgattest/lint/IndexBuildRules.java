package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import java.util.List;

/** Rules about building, rebuilding and removing indexes while others use the table. */
final class IndexBuildRules {

    static final List<LintRule> ALL = List.of(LintRule.error("index-not-concurrent")
            .page(new Page(
                    "CREATE INDEX without CONCURRENTLY",
                    "The build holds a SHARE lock on the table: every INSERT, UPDATE and DELETE waits until the index is complete.",
                    "Build it with CREATE INDEX CONCURRENTLY, outside of a transaction. A table that the same file has made is exempt.",
                    "Manual, CREATE INDEX, \"Building Indexes Concurrently\"."))
            .provedBy(new Proof.TakesLock(LockMode.SHARE, "orders"))
            .checks(IndexBuildRules::notConcurrent));

    private IndexBuildRules() {}

    private static void notConcurrent(Visit visit) {
        if (!visit.is("IndexStmt")
                || visit.node().flag("concurrent")
                || visit.session().isNew(visit.relation())
                || visit.session()
                        .objects()
                        .table(visit.relation())
                        .map(KnownTable::isPartitioned)
                        .orElse(false)) {
            return;
        }
        Statement statement = visit.statement();
        List<Edit> edits = statement
                .after("index")
                .map(at -> List.of(Edit.insert(at, " " + statement.keyword("concurrently"))))
                .orElse(List.of());
        visit.find("CREATE INDEX holds a SHARE lock on " + visit.shown() + ": writes wait until the index is built")
                .remedy(statement.with(edits) + ";")
                .fix(visit.inTransaction() ? List.of() : edits)
                .add();
    }
}
