package dev.pgattest.baseline;

import dev.pgattest.baseline.Snapshot.CaseKey;
import dev.pgattest.baseline.Snapshot.Figures;
import dev.pgattest.evidence.BaselineComparison;
import dev.pgattest.evidence.BaselineComparison.Change;
import dev.pgattest.evidence.BaselineComparison.Outcome;
import dev.pgattest.plan.PlanDifference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the figures of one run in another.
 *
 * <p>A case is worse when the cheapest plan of the new run touches more buffers than the dearest of the old one and the tolerance allow,
 * or when it reads a critical table from end to end that it did not before. Both runs know every plan that their random statistics led to,
 * so a lot that falls otherwise is no change. Another plan alone is no failure: what it costs is.
 */
final class SnapshotComparison {

    /** What buffers may grow by of an index that is built otherwise each time, and of a catalog that has been written to before. */
    private static final double LOTS = 0.25;

    private final Snapshot before;
    private final Snapshot after;
    private final double tolerance;
    private final List<Change> changes = new ArrayList<>();
    private int compared;

    SnapshotComparison(Snapshot before, Snapshot after, double tolerance) {
        this.before = before;
        this.after = after;
        this.tolerance = tolerance;
    }

    BaselineComparison result() {
        before.states().stream()
                .filter(state -> !after.states().contains(state))
                .forEach(state -> whole(Outcome.VANISHED, state, "the state is no longer there"));
        after.states().stream()
                .filter(state -> !before.states().contains(state))
                .forEach(state -> whole(Outcome.NEW, state, "the state is new"));
        Set<CaseKey> named = new LinkedHashSet<>();
        after.cases().forEach((key, figures) -> {
            Figures old = before.cases().get(key);
            if (old != null) {
                compared++;
                compare(key, old, figures).ifPresent(changes::add);
            } else if (before.states().contains(key.state()) && named.add(key.ofAnyMode())) {
                changes.add(change(Outcome.NEW, key.ofAnyMode(), null, figures, "the case is new"));
            }
        });
        before.cases().forEach((key, figures) -> {
            boolean gone = !after.cases().containsKey(key) && after.states().contains(key.state());
            if (gone && named.add(key.ofAnyMode())) {
                changes.add(change(Outcome.VANISHED, key.ofAnyMode(), figures, null, "the case is no longer there"));
            }
        });
        return new BaselineComparison(tolerance, compared, changes, false);
    }

    private Optional<Change> compare(CaseKey key, Figures old, Figures now) {
        Optional<Long> most = old.most();
        Optional<Long> fewest = now.fewest();
        if (most.isEmpty() || fewest.isEmpty()) {
            return Optional.of(change(
                    Outcome.NEW,
                    key,
                    old,
                    now,
                    "the baseline has no exact buffers of its parallel plan, so nothing to compare"));
        }
        double allowed = old.drawsLots() || now.drawsLots() ? Math.max(tolerance, LOTS) : tolerance;
        if (fewest.get() > most.get() * (1 + allowed)) {
            return Optional.of(change(Outcome.WORSE, key, old, now, grown(most.get(), fewest.get(), allowed)));
        }
        boolean anew = !now.knows(old.measured().shape());
        if (now.readsCritical() && !old.readsCritical() && anew) {
            return Optional.of(change(Outcome.WORSE, key, old, now, "a critical table is read from end to end"));
        }
        if (now.most().orElseThrow() < old.fewest().orElseThrow() * (1 - allowed)) {
            return Optional.of(change(Outcome.BETTER, key, old, now, "touches fewer buffers"));
        }
        boolean other = anew && !old.knows(now.measured().shape());
        return other
                ? Optional.of(change(Outcome.OTHER_PLAN, key, old, now, "another plan, about as many buffers"))
                : Optional.empty();
    }

    private static String grown(long most, long fewest, double allowed) {
        return most == 0
                ? String.format(Locale.ROOT, "buffers grew from none to %,d", fewest)
                : String.format(
                        Locale.ROOT,
                        "buffers grew by %s, %s are allowed",
                        percent((fewest - most) / (double) most),
                        percent(allowed));
    }

    private static String percent(double share) {
        double percent = share * 100;
        String format = percent >= 10 || percent == StrictMath.rint(percent) ? "%,.0f %%" : "%.1f %%";
        return String.format(Locale.ROOT, format, percent);
    }

    private void whole(Outcome outcome, String state, String reason) {
        changes.add(new Change(outcome, state, "", "", "", null, null, List.of(), reason));
    }

    private static Change change(
            Outcome outcome,
            CaseKey key,
            @org.jspecify.annotations.Nullable Figures old,
            @org.jspecify.annotations.Nullable Figures now,
            String reason) {
        List<String> plan = old == null || now == null
                ? List.of()
                : PlanDifference.between(old.measured().output(), now.measured().output()).changes().stream()
                        .map(PlanDifference.Change::toString)
                        .toList();
        return new Change(
                outcome,
                key.state(),
                key.query(),
                key.caseName(),
                key.mode(),
                old == null ? null : (Long) old.measured().buffers(),
                now == null ? null : (Long) now.measured().buffers(),
                plan,
                reason);
    }
}
