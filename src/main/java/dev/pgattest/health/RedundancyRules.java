package dev.pgattest.health;

import dev.pgattest.Severity;
import dev.pgattest.health.HealthRule.Found;
import dev.pgattest.health.HealthRule.Page;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexComparison;
import dev.pgattest.schema.IndexComparison.Relation;
import dev.pgattest.schema.IndexDefinition.Backing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about indexes that another one makes superfluous. */
final class RedundancyRules {

    static final List<HealthRule> ALL = List.of(
            new HealthRule(
                    "duplicate-index",
                    Severity.WARNING,
                    List.of(),
                    new Page(
                            "Two indexes of a table are the same: access method, keys with their operator classes, collations and "
                                    + "order, included columns, rows and uniqueness. Reported is the one to drop: not the one that a "
                                    + "constraint owns, that logical replication uses or that is scanned more.",
                            "DROP INDEX CONCURRENTLY.",
                            "Definitions are compared as `pgattest indexes` and `pgattest lint` compare them."),
                    examination -> superfluous(examination, true)),
            new HealthRule(
                    "redundant-index",
                    Severity.WARNING,
                    List.of(),
                    new Page(
                            "Another index of the table can do all that this one does: it has the same first keys in the same or the "
                                    + "exactly reversed order, holds the same rows, carries at least the same columns and refuses whatever "
                                    + "this one refuses. What is only larger, or holds more rows, does not make a partial or a unique "
                                    + "index redundant.",
                            "DROP INDEX CONCURRENTLY. Scans move to the other index; where it is much larger, look at the buffers of "
                                    + "those queries before and after.",
                            "Definitions are compared as `pgattest indexes` and `pgattest lint` compare them."),
                    examination -> superfluous(examination, false)));

    private RedundancyRules() {}

    private record Superfluous(IndexFacts one, IndexFacts other, IndexComparison comparison) {}

    private static Stream<Found> superfluous(Examination examination, boolean duplicate) {
        return examination.indexesByTable().stream()
                .flatMap(indexes -> superfluous(examination, indexes).stream())
                .filter(each -> duplicate == (each.comparison().relation() == Relation.EQUAL))
                .map(each -> found(examination, each));
    }

    /** Those of a table that can go, each with one that stays. */
    private static List<Superfluous> superfluous(Examination examination, List<IndexFacts> indexes) {
        List<IndexFacts> staying = new ArrayList<>(indexes.stream()
                .filter(index -> index.index().standing().valid()
                        && index.index().standing().live())
                .sorted(worth(examination))
                .toList());
        List<Superfluous> going = new ArrayList<>();
        for (IndexFacts one : List.copyOf(staying)) {
            Optional<Superfluous> reason = mayGo(one)
                    ? staying.stream()
                            .filter(other -> !other.equals(one))
                            .map(other -> new Superfluous(
                                    one,
                                    other,
                                    IndexComparison.of(
                                            one.index().definition(),
                                            other.index().definition())))
                            .filter(each -> each.comparison().redundant())
                            .min(Comparator.comparing(each -> each.comparison().relation()))
                    : Optional.empty();
            reason.ifPresent(each -> {
                staying.remove(one);
                going.add(each);
            });
        }
        return going;
    }

    /** The one that is missed least comes first. */
    private static Comparator<IndexFacts> worth(Examination examination) {
        return Comparator.<IndexFacts>comparingInt(index -> rank(index.index()))
                .thenComparingLong(index -> examination.use(index).scans())
                .thenComparing(index -> index.name().name(), Comparator.reverseOrder());
    }

    private static int rank(CatalogIndex index) {
        boolean owned = index.definition().backing() != Backing.NONE;
        boolean part = index.partOf().isPresent();
        return (part ? 4 : 0) + (owned ? 2 : 0) + (index.standing().clustered() ? 1 : 0);
    }

    /** A part of a partitioned index goes with it only, and logical replication needs its own. */
    private static boolean mayGo(IndexFacts index) {
        return index.index().partOf().isEmpty() && !index.index().standing().replicaIdentity();
    }

    private static Found found(Examination examination, Superfluous superfluous) {
        IndexFacts one = superfluous.one();
        IndexFacts other = superfluous.other();
        String reason = superfluous.comparison().relation() == Relation.EQUAL
                ? "it is the same as " + other.name().sql()
                : other.name().sql() + " does all that it does: "
                        + superfluous.comparison().reason();
        String message = reason + "; " + Figures.bytes(examination.bytes(one)) + ", scanned "
                + Figures.count(examination.use(one).scans()) + " times, the other "
                + Figures.bytes(examination.bytes(other)) + " and "
                + Figures.count(examination.use(other).scans()) + " times";
        String clustered = one.index().standing().clustered()
                ? "\n-- the table was clustered by it: CLUSTER without USING then fails"
                : "";
        return Found.of(one.name().sql(), message, Remedies.drop(one) + clustered);
    }
}
