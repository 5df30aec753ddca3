package dev.pgattest.health;

import dev.pgattest.Severity;
import dev.pgattest.health.HealthRule.Found;
import dev.pgattest.health.HealthRule.Limit;
import dev.pgattest.health.HealthRule.Page;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about indexes that do not work as they should: half-built, full of air, without statistics. */
final class IndexRules {

    private static final String LIVE = "index-build-running";

    /** What REINDEX CONCURRENTLY calls the index that it makes and the one that it replaces. */
    private static final Pattern REINDEX_LEFTOVER = Pattern.compile(".*_cc(new|old)\\d*");

    private static final double BLOATED_SHARE = 0.5;
    private static final long BLOATED_BYTES = 10L << 20;
    private static final int SHOWN_PARTITIONS = 5;

    static final List<HealthRule> ALL = List.of(
            new HealthRule(
                    "invalid-index",
                    Severity.ERROR,
                    List.of(),
                    new Page(
                            "An index that no query uses, because its build failed or was interrupted. Once it is ready, every write "
                                    + "maintains it all the same, and a unique one rejects rows. A build that is still running is not "
                                    + "reported here. A partitioned index is invalid until every partition has its part: that is a "
                                    + "warning, for the parts that exist are used.",
                            "Drop it and build it again, or REINDEX INDEX CONCURRENTLY. For a partitioned index, build and attach "
                                    + "the parts that are missing.",
                            "PostgreSQL's manual: CREATE INDEX, Building Indexes Concurrently."),
                    IndexRules::invalid),
            new HealthRule(
                    LIVE,
                    Severity.INFO,
                    List.of(),
                    new Page(
                            "An index is invalid because a session builds, rebuilds or drops it at this moment. A role that may not see "
                                    + "what other sessions build gets this for every invalid index while any build runs.",
                            "Wait. If the build never gets on, look for old snapshots in pg_stat_activity.",
                            "pg_stat_progress_create_index."),
                    IndexRules::running),
            new HealthRule(
                    "bloated-index",
                    Severity.WARNING,
                    List.of(
                            new Limit(BLOATED_SHARE, "share", "at least this part of the index is air"),
                            new Limit(BLOATED_BYTES, "bytes", "and at least so much")),
                    new Page(
                            "A B-tree would be much smaller after it was built anew. It takes more memory and disk than it needs. The "
                                    + "share is an interval: what the planner's statistics leave open stands in it, and the lower end "
                                    + "counts. With --exact-bloat and the extension pgstattuple all pages of the index are read "
                                    + "instead.",
                            "REINDEX INDEX CONCURRENTLY, from PostgreSQL 14.4. It needs room for a second copy meanwhile.",
                            "The layout of src/backend/access/nbtree; the limits are pgattest's."),
                    IndexRules::bloated),
            new HealthRule(
                    "expression-index-not-analyzed",
                    Severity.WARNING,
                    List.of(),
                    new Page(
                            "The planner has no statistics about the expression of an index, because the table was not analyzed since "
                                    + "it was built. It guesses how many rows a condition on the expression finds.",
                            "ANALYZE the table after building an index on an expression.",
                            "PostgreSQL's manual: CREATE INDEX, Notes."),
                    IndexRules::notAnalyzed));

    private IndexRules() {}

    private static Stream<IndexFacts> notValid(Examination examination) {
        return examination.indexes().stream()
                .filter(each -> !each.index().standing().valid()
                        || !each.index().standing().live());
    }

    private static Optional<IndexBuild> build(Examination examination, IndexFacts index) {
        boolean leftover = REINDEX_LEFTOVER.matcher(index.name().name()).matches();
        return examination.snapshot().builds().stream()
                .filter(build -> build.mayBe(index.index().table(), index.name(), leftover))
                .findFirst();
    }

    private static Stream<Found> running(Examination examination) {
        return notValid(examination)
                .filter(index -> !index.index().partitioned())
                .flatMap(index -> build(examination, index).stream()
                        .map(build -> Found.of(index.name().sql(), runningMessage(build), "")));
    }

    private static String runningMessage(IndexBuild build) {
        return build.isVisible()
                ? "process " + build.processId() + " is at work on it: " + build.command()
                        + (build.phase().isEmpty() ? "" : ", " + build.phase())
                : "it is invalid, and process " + build.processId() + " builds an index that this role may not see";
    }

    private static Stream<Found> invalid(Examination examination) {
        return notValid(examination)
                .filter(index ->
                        index.index().partitioned() || build(examination, index).isEmpty())
                .map(index ->
                        index.index().partitioned() ? incomplete(examination, index) : leftover(examination, index));
    }

    private static Found leftover(Examination examination, IndexFacts index) {
        CatalogIndex.Standing standing = index.index().standing();
        String effect = !standing.ready()
                ? "its build ended before writes began to maintain it"
                : index.index().definition().isUnique()
                        ? "every write maintains it, and it rejects rows with equal keys"
                        : "every write maintains it";
        String message = "no query uses it, because it is invalid; " + effect + " ("
                + Figures.bytes(index.index().sizeBytes()) + ")";
        if (examination.server().standby()) {
            return Found.of(
                    Severity.WARNING,
                    index.name().sql(),
                    message + ". On a standby it cannot be seen whether the primary builds it at this moment",
                    "run pgattest health on the primary");
        }
        String drop = "drop index concurrently " + index.name().sql() + ";";
        boolean ofReindex = REINDEX_LEFTOVER.matcher(index.name().name()).matches();
        boolean mustStay = index.index().owningConstraint().isPresent()
                || index.index().partOf().isPresent();
        String rebuild = "reindex index concurrently " + index.name().sql() + ";";
        String wanted = index.index().definition().isUnique()
                ? "-- or, after the rows with equal keys are gone: "
                : "-- or, if it is wanted: ";
        return Found.of(
                index.name().sql(),
                message,
                ofReindex
                        ? drop
                                + "\n-- left by a REINDEX INDEX CONCURRENTLY that failed: run that again if it is still wanted"
                        : mustStay ? rebuild : drop + "\n" + wanted + rebuild);
    }

    private static Found incomplete(Examination examination, IndexFacts index) {
        List<QualifiedName> having = examination.partsOf(index).stream()
                .map(part -> part.index().table())
                .toList();
        List<QualifiedName> lacking = examination.partitionsOf(index.index().table()).stream()
                .map(TableFacts::name)
                .filter(partition -> !having.contains(partition))
                .toList();
        String names =
                lacking.stream().limit(SHOWN_PARTITIONS).map(QualifiedName::sql).collect(Collectors.joining(", "));
        String message = lacking.isEmpty()
                ? "the partitioned index is invalid because a part of it is"
                : Figures.counted(lacking.size(), "partition") + " lack their part of the partitioned index: " + names
                        + (lacking.size() > SHOWN_PARTITIONS ? ", ..." : "");
        String remedy = lacking.isEmpty()
                ? "mend the invalid part; the partitioned index then turns valid when it is attached again:\nalter index "
                        + index.name().sql() + " attach partition <the part>;"
                : "build the same index concurrently on each of them, then attach it:\nalter index "
                        + index.name().sql() + " attach partition <the new index>;";
        return Found.of(Severity.WARNING, index.name().sql(), message, remedy);
    }

    private static Stream<Found> bloated(Examination examination) {
        return examination.indexes().stream().flatMap(index -> {
            Bloat bloat = index.bloat();
            long bytes = index.index().sizeBytes();
            boolean much = bloat != null
                    && bloat.low() >= BLOATED_SHARE
                    && bloat.low() * bytes >= BLOATED_BYTES
                    && index.index().standing().valid();
            return much && bloat != null ? Stream.of(air(index, bloat)) : Stream.empty();
        });
    }

    private static Found air(IndexFacts index, Bloat bloat) {
        long bytes = index.index().sizeBytes();
        boolean exact = bloat.method() == Bloat.Method.EXACT;
        String share = exact
                ? Figures.percent(bloat.low()) + " of it is air, by reading all of its pages"
                : Figures.percent(bloat.low(), bloat.high()) + " of it is air, estimated from statistics"
                        + (index.index().definition().isPartial()
                                ? " of the whole table, although it holds only a part of it"
                                : "");
        return Found.of(
                index.name().sql(),
                Figures.bytes(bytes) + ", of which " + Figures.bytes(bloat.low() * bytes) + (exact ? "" : " or more")
                        + " would be gone after it was built anew: " + share,
                "reindex index concurrently " + index.name().sql() + ";");
    }

    private static Stream<Found> notAnalyzed(Examination examination) {
        return examination.indexes().stream()
                .filter(index -> index.expressions() == IndexFacts.ExpressionStatistics.ABSENT)
                .filter(index -> index.index().standing().valid())
                .filter(index -> examination
                        .table(index.index().table())
                        .filter(table -> table.size().bytes() > 0)
                        .isPresent())
                .map(index -> Found.of(
                        index.name().sql(),
                        "the planner has no statistics about its expression, so it guesses how many rows the index finds",
                        "analyze " + index.index().table().sql() + ";"));
    }
}
