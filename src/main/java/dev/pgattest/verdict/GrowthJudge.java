package dev.pgattest.verdict;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.GrowthEvidence;
import dev.pgattest.evidence.GrowthEvidence.CaseGrowth;
import dev.pgattest.evidence.GrowthEvidence.Measured;
import dev.pgattest.evidence.GrowthEvidence.PlanChange;
import dev.pgattest.evidence.GrowthEvidence.Regime;
import dev.pgattest.evidence.GrowthEvidence.Size;
import dev.pgattest.evidence.LatencySummary;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.growth.Fit;
import dev.pgattest.growth.GrowthFit;
import dev.pgattest.growth.HeadroomFit;
import dev.pgattest.growth.Point;
import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.PlanDifference;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.plan.PlanShape;
import dev.pgattest.workload.Slo;
import java.util.ArrayList;
import java.util.List;

/** One state measured at several sizes gives how each case grows. */
public final class GrowthJudge {

    private static final double NANOS_PER_MILLI = 1e6;

    private GrowthJudge() {}

    /** The state at one size. */
    public record Sized(Size size, StateEvidence state) {}

    /**
     * Judges the growth of every case and plan mode. Sizes under one plan are a regime, and only they are fitted together: a curve through
     * two plans would describe neither.
     *
     * @param measured the same state by size, ascending, at least one
     */
    public static GrowthEvidence judge(List<Sized> measured) {
        StateEvidence largest = measured.get(measured.size() - 1).state();
        List<CaseGrowth> cases = new ArrayList<>();
        for (int i = 0; i < largest.queries().size(); i++) {
            CaseEvidence each = largest.queries().get(i);
            for (int j = 0; j < each.modes().size(); j++) {
                cases.add(growth(measured, i, j));
            }
        }
        return new GrowthEvidence(
                largest.name(), measured.stream().map(Sized::size).toList(), cases);
    }

    /** A mode at one size with its plan. */
    private record Seen(Size size, ModeEvidence mode, ExplainOutput plan, PlanShape shape) {}

    private static CaseGrowth growth(List<Sized> measured, int caseIndex, int modeIndex) {
        List<Seen> seen = new ArrayList<>();
        for (Sized sized : measured) {
            ModeEvidence mode = sized.state().queries().get(caseIndex).modes().get(modeIndex);
            ExplainOutput plan = PlanParser.parse(mode.planned().json().toString());
            seen.add(new Seen(sized.size(), mode, plan, PlanShape.of(plan)));
        }
        CaseEvidence each = measured.get(measured.size() - 1).state().queries().get(caseIndex);
        Slo slo = Slo.parse(each.subject().slo()).orThrow();
        List<Measured> points = seen.stream()
                .map(one -> point(one, slo.quantile().doubleValue()))
                .toList();
        List<List<Seen>> ranges = ranges(seen);
        List<Regime> regimes = ranges.stream().map(GrowthJudge::regime).toList();
        List<Seen> last = ranges.get(ranges.size() - 1);
        return new CaseGrowth(
                each.query(),
                each.caseName(),
                last.get(0).mode().mode(),
                each.subject(),
                points,
                changes(ranges),
                regimes,
                HeadroomFit.of(
                        points.stream()
                                .map(point -> new Point(point.factor().doubleValue(), point.objectiveMs()))
                                .toList(),
                        last.size(),
                        regimes.get(regimes.size() - 1).fit(),
                        each.subject().sloMs()));
    }

    private static Measured point(Seen seen, double quantile) {
        List<Long> nanos = seen.mode().latenciesMs().stream()
                .map(ms -> Math.round(ms * NANOS_PER_MILLI))
                .toList();
        return new Measured(
                seen.size().factor(),
                seen.mode().planned().exactBuffers(),
                LatencySummary.percentileNanos(nanos, quantile) / NANOS_PER_MILLI,
                seen.mode().latency().p95Ms(),
                seen.mode().latency().samples(),
                seen.shape().digest());
    }

    private static List<List<Seen>> ranges(List<Seen> seen) {
        List<List<Seen>> ranges = new ArrayList<>();
        for (Seen each : seen) {
            List<Seen> last = ranges.isEmpty() ? List.of() : ranges.get(ranges.size() - 1);
            if (!last.isEmpty() && last.get(0).shape().equals(each.shape())) {
                last.add(each);
            } else {
                ranges.add(new ArrayList<>(List.of(each)));
            }
        }
        return ranges;
    }

    private static Regime regime(List<Seen> range) {
        Fit fit = GrowthFit.of(range.stream()
                .map(each -> new Point(
                        each.size().factor().doubleValue(),
                        each.mode().planned().exactBuffers()))
                .toList());
        return new Regime(
                range.get(0).size().factor(), range.get(range.size() - 1).size().factor(), fit);
    }

    private static List<PlanChange> changes(List<List<Seen>> ranges) {
        List<PlanChange> changes = new ArrayList<>();
        for (int i = 1; i < ranges.size(); i++) {
            List<Seen> range = ranges.get(i - 1);
            Seen before = range.get(range.size() - 1);
            Seen after = ranges.get(i).get(0);
            changes.add(new PlanChange(
                    before.size().factor(),
                    after.size().factor(),
                    PlanDifference.between(before.plan(), after.plan()).changes().stream()
                            .map(PlanDifference.Change::toString)
                            .toList()));
        }
        return changes;
    }
}
