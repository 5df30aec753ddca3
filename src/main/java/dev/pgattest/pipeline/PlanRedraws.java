package dev.pgattest.pipeline;

import dev.pgattest.evidence.CaseEvidence;
import dev.pgattest.evidence.ModeEvidence;
import dev.pgattest.evidence.ModeEvidence.OtherPlan;
import dev.pgattest.evidence.StateEvidence;
import dev.pgattest.plan.PlanParser;
import dev.pgattest.plan.PlanShape;
import dev.pgattest.postgres.CaseSession;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.StatisticsSample;
import dev.pgattest.workload.PlanMode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Draws the statistics of a state anew, several times, and notes which other plans they lead to. ANALYZE samples large tables at random,
 * so a plan that another costs the planner as much as is a draw of lots: evidence that knows both can be compared without alarm.
 */
final class PlanRedraws {

    /** Draws after a state was measured. They only plan; what is new is run. */
    private static final int DRAWS = 5;

    /** Draws before a case is called worse than its baseline. */
    private static final int CONFIRMING_DRAWS = 8;

    /** Without a sample there is no lot; but a cache that was being filled may have been counted. */
    private static final int CONFIRMING_RUNS = 2;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Connections connections;
    private final Progress progress;
    private final IdentityHashMap<CaseStatement, String> arguments = new IdentityHashMap<>();
    private boolean wrote;

    PlanRedraws(Connections connections, Progress progress) {
        this.connections = connections;
        this.progress = progress;
    }

    /** The evidence with every other plan that fresh statistics lead to. */
    StateEvidence redraw(StateEvidence measured, List<CaseRun> runs) {
        arguments.clear();
        List<String> sampled = sampledTables();
        StateEvidence known = measured;
        for (int i = 1; i <= DRAWS && !sampled.isEmpty(); i++) {
            progress.step("state " + measured.name() + ": drawing statistics anew, " + i + " of " + DRAWS);
            drawAnew(sampled);
            known = looked(known, runs, this::isNewShape);
        }
        return known;
    }

    /**
     * The evidence after the cases in doubt were run again, under fresh statistics, until none is in doubt or often enough.
     *
     * @param doubtful the cases that would fail by this evidence
     */
    StateEvidence confirm(StateEvidence measured, List<CaseRun> runs, Function<StateEvidence, Set<CaseName>> doubtful) {
        List<String> sampled = sampledTables();
        int most = sampled.isEmpty() ? CONFIRMING_RUNS : CONFIRMING_DRAWS;
        StateEvidence known = measured;
        Set<CaseName> doubts = doubtful.apply(known);
        for (int i = 1; i <= most && !doubts.isEmpty(); i++) {
            progress.step("state " + measured.name() + ": running what grew once more, " + i + " of " + most);
            drawAnew(sampled);
            Set<CaseName> now = doubts;
            List<CaseRun> again =
                    runs.stream().filter(run -> now.contains(CaseName.of(run))).toList();
            known = looked(known, again, (session, mode) -> true);
            doubts = doubtful.apply(known);
        }
        return known;
    }

    /** Whether cases that write were run since the last call. */
    boolean takeWrites() {
        boolean writes = wrote;
        wrote = false;
        return writes;
    }

    /** A case of a query. */
    record CaseName(String query, String caseName) {

        static CaseName of(CaseRun run) {
            return new CaseName(run.query().name(), run.each().name());
        }
    }

    private List<String> sampledTables() {
        try (Session session = connections.open()) {
            return StatisticsSample.tables(session);
        }
    }

    private void drawAnew(List<String> sampled) {
        try (Session session = connections.open()) {
            StatisticsSample.drawAnew(session, sampled);
        }
    }

    private StateEvidence looked(
            StateEvidence state, List<CaseRun> runs, BiPredicate<CaseSession, ModeEvidence> worthRunning) {
        List<CaseEvidence> cases = new ArrayList<>();
        for (CaseEvidence each : state.queries()) {
            cases.add(runs.stream()
                    .filter(run -> run.query().name().equals(each.query())
                            && run.each().name().equals(each.caseName()))
                    .findFirst()
                    .map(run -> each.withModes(each.modes().stream()
                            .map(mode -> looked(run, mode, worthRunning))
                            .toList()))
                    .orElse(each));
        }
        return state.withQueries(cases);
    }

    private ModeEvidence looked(CaseRun run, ModeEvidence mode, BiPredicate<CaseSession, ModeEvidence> worthRunning) {
        String planCacheMode =
                PlanMode.valueOf(mode.mode().toUpperCase(Locale.ROOT)).planCacheMode();
        try (CaseSession session = CaseSession.open(connections.open(), run.statement(), planCacheMode)) {
            session.takeArguments(arguments.computeIfAbsent(run.statement(), statement -> session.arguments()));
            if (!worthRunning.test(session, mode)) {
                return mode;
            }
            wrote |= run.statement().writes();
            // As everywhere, the first run only warms up.
            ExactBuffers.run(session);
            ExactBuffers.Run again = ExactBuffers.run(session);
            if (isKnown(mode, again)) {
                return mode;
            }
            List<OtherPlan> others = new ArrayList<>(mode.otherPlans());
            others.add(new OtherPlan(again.buffers(), JSON.readTree(again.planJson())));
            return mode.withOtherPlans(others);
        }
    }

    private boolean isNewShape(CaseSession session, ModeEvidence mode) {
        PlanShape shape = shape(session.planJson());
        return !shape.equals(shape(mode.planned().json().toString()))
                && mode.otherPlans().stream()
                        .noneMatch(other -> shape.equals(shape(other.json().toString())));
    }

    private static boolean isKnown(ModeEvidence mode, ExactBuffers.Run run) {
        PlanShape shape = shape(run.planJson());
        boolean measured = run.buffers() == mode.planned().exactBuffers()
                && shape.equals(shape(mode.planned().json().toString()));
        return measured
                || mode.otherPlans().stream()
                        .anyMatch(other -> run.buffers() == other.buffers()
                                && shape.equals(shape(other.json().toString())));
    }

    private static PlanShape shape(String planJson) {
        return PlanShape.of(PlanParser.parse(planJson));
    }
}
