package dev.pgattest.health;

import dev.pgattest.Severity;
import dev.pgattest.health.HealthRule.Found;
import dev.pgattest.health.HealthRule.Limit;
import dev.pgattest.health.HealthRule.Page;
import dev.pgattest.health.IndexFacts.Use;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.schema.IndexDefinition.Backing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about indexes that are not used. */
final class UsageRules {

    private static final int LONG_AGO_DAYS = 90;

    static final List<HealthRule> ALL = List.of(
            new HealthRule(
                    "unused-index",
                    Severity.WARNING,
                    List.of(new Limit(
                            14, "days", "counters of use must have counted for so long (--min-statistics-age)")),
                    new Page(
                            "No query has scanned the index since the counters of use were reset, neither here nor on the replicas that "
                                    + "were named with --replica. Every write pays for it. Indexes that enforce something (uniqueness, "
                                    + "an exclusion) or tell rows apart for logical replication are in use without being scanned and are "
                                    + "not reported. Counters that have not counted for long enough say nothing: then there is a note "
                                    + "instead (see young-counters). The only index of a foreign key is a note too: deletions on the "
                                    + "other side need it, however rare they are.",
                            "DROP INDEX CONCURRENTLY, after asking whether something runs that is rarer than the counters are old, such "
                                    + "as a yearly report. An index on an expression also gives the planner statistics: CREATE STATISTICS "
                                    + "on the expression keeps them.",
                            "pg_stat_all_indexes.idx_scan; the age is pgattest's."),
                    UsageRules::unused),
            new HealthRule(
                    "index-not-used-lately",
                    Severity.INFO,
                    List.of(new Limit(LONG_AGO_DAYS, "days", "since the last scan")),
                    new Page(
                            "The index was used once, but not for a long time. Servers from PostgreSQL 16 tell when.",
                            "Ask what used it. If that is gone, drop the index concurrently.",
                            "pg_stat_all_indexes.last_idx_scan; the limit is pgattest's."),
                    UsageRules::notLately));

    private UsageRules() {}

    /** Indexes that are there to be scanned, each partitioned one once. */
    private static Stream<IndexFacts> toBeScanned(Examination examination) {
        return examination.indexes().stream()
                .filter(index -> index.index().partOf().isEmpty())
                .filter(index -> index.index().standing().valid()
                        && index.index().standing().live())
                .filter(index -> !index.index().definition().isUnique()
                        && index.index().definition().backing() == Backing.NONE
                        && examination.leaves(index).stream()
                                .noneMatch(leaf -> leaf.index().standing().replicaIdentity())
                        && !index.index().standing().replicaIdentity());
    }

    private static Stream<Found> unused(Examination examination) {
        if (!examination.countersAreOldEnough()) {
            return Stream.empty();
        }
        return toBeScanned(examination)
                .filter(index -> !examination.leaves(index).isEmpty())
                .filter(index -> examination.use(index).scans() == 0 && !isYoung(examination, index))
                .map(index -> unused(examination, index));
    }

    private static boolean isYoung(Examination examination, IndexFacts index) {
        Instant now = examination.server().counters().now();
        return examination.leaves(index).stream()
                .map(IndexFacts::created)
                .anyMatch(made -> made != null && Duration.between(made, now).compareTo(examination.youngest()) < 0);
    }

    private static Found unused(Examination examination, IndexFacts index) {
        String message = "not scanned once in " + Figures.age(examination.countersAge()) + where(examination) + "; "
                + Figures.bytes(examination.bytes(index)) + " that every write maintains" + known(examination, index);
        List<ForeignKey> served = onlyServed(examination, index);
        if (served.isEmpty()) {
            return Found.of(index.name().sql(), message, Remedies.drop(index) + statistics(index));
        }
        String names = served.stream().map(ForeignKey::name).collect(Collectors.joining(", "));
        return Found.of(
                Severity.INFO,
                index.name().sql(),
                message + ". No other index serves the foreign key " + names + ", which deletions in "
                        + served.get(0).referenced().sql() + " look up",
                "keep it, unless nothing is ever deleted there");
    }

    private static String where(Examination examination) {
        List<ReplicaFacts> replicas = examination.snapshot().replicas();
        return replicas.isEmpty()
                ? ""
                : ", neither here nor on "
                        + replicas.stream().map(ReplicaFacts::address).collect(Collectors.joining(", "));
    }

    /** What keeps the advice from being certain. */
    private static String known(Examination examination, IndexFacts index) {
        boolean datesUnknown = examination.leaves(index).stream().allMatch(leaf -> leaf.created() == null);
        return datesUnknown ? " (the server does not record when it was made: it may be younger)" : "";
    }

    private static String statistics(IndexFacts index) {
        boolean expression = index.index().definition().keys().stream()
                .anyMatch(key -> key.column().isEmpty());
        return expression
                ? "\n-- it also gives the planner statistics about its expression; CREATE STATISTICS keeps them"
                : "";
    }

    private static List<ForeignKey> onlyServed(Examination examination, IndexFacts index) {
        return examination.snapshot().schema().foreignKeys().stream()
                .filter(key -> key.isServedBy(index.index()))
                .filter(key -> examination.indexesOf(key.table()).stream()
                        .noneMatch(other -> !other.equals(index) && key.isServedBy(other.index())))
                .toList();
    }

    private static Stream<Found> notLately(Examination examination) {
        Instant now = examination.server().counters().now();
        Duration longAgo = Duration.ofDays(LONG_AGO_DAYS);
        return toBeScanned(examination).flatMap(index -> {
            Use use = examination.use(index);
            Instant last = use.last();
            return use.scans() > 0
                            && last != null
                            && Duration.between(last, now).compareTo(longAgo) > 0
                    ? Stream.of(Found.of(
                            index.name().sql(),
                            "last scanned " + Figures.age(Duration.between(last, now)) + " ago"
                                    + where(examination) + "; "
                                    + Figures.bytes(examination.bytes(index)) + " that every write maintains",
                            "-- when what used it is gone:\n" + Remedies.drop(index)))
                    : Stream.empty();
        });
    }
}
