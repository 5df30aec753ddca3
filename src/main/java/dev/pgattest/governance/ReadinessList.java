package dev.pgattest.governance;

import dev.pgattest.Problem;
import dev.pgattest.evidence.StoredEvidence;
import dev.pgattest.evidence.StoredEvidence.MeasuredCase;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.PlanMode;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The readiness list, but for the sign-offs, which {@link SignOffItem} judges. Source of the items: Skeldir remediation document,
 * sections 5.4 and 6.1.
 */
public final class ReadinessList {

    private static final String PROVE = "run `pgattest prove`";

    private final ReadinessFacts facts;

    private ReadinessList(ReadinessFacts facts) {
        this.facts = facts;
    }

    /** Every item, in the order of the documentation. */
    public static List<ReadinessItem> of(ReadinessFacts facts) {
        ReadinessList list = new ReadinessList(facts);
        return List.of(
                list.current(),
                list.documented(),
                IndexItems.mapped(facts),
                IndexItems.jsonb(facts),
                list.dataset(),
                list.plans(),
                list.objectives());
    }

    private ReadinessItem current() {
        List<Problem> problems = facts.proven()
                .map(evidence -> InputChanges.since(evidence, facts.inputs(), facts.definition()))
                .orElse(List.of(ReadinessFacts.NO_EVIDENCE));
        return new ReadinessItem(
                "evidence",
                "the evidence is of today's files",
                ReadinessFacts.counted(facts.inputs().size(), "input") + " compared",
                problems);
    }

    private ReadinessItem documented() {
        List<Problem> problems = new ArrayList<>();
        List<Query> queries = new ArrayList<>(facts.statements(Priority.P0));
        queries.addAll(facts.statements(Priority.P1));
        queries.forEach(
                query -> QueryDocumentation.problems(facts.project(), query).forEach(problems::add));
        if (facts.statements(Priority.P0).isEmpty()) {
            problems.add(Problem.ofFile(
                    facts.project().files().workload(),
                    "no query has priority P0, so nothing is held to an SLO",
                    "give the queries that must not fail the priority P0"));
        }
        return new ReadinessItem(
                "queries",
                "every P0 and P1 query is defined and documented",
                queries.size() == 1 ? "1 query" : queries.size() + " queries",
                problems);
    }

    private ReadinessItem dataset() {
        String title = "the dataset's profile is documented and was loaded";
        List<Problem> problems = new ArrayList<>();
        String found = "";
        Optional<StoredEvidence> evidence = facts.proven();
        if (evidence.isEmpty()) {
            problems.add(ReadinessFacts.NO_EVIDENCE);
        } else {
            StoredEvidence.Data data = evidence.get().data();
            found = data.profile() + " at scale "
                    + data.scale().stripTrailingZeros().toPlainString() + ", " + data.tables()
                    + " tables with a fingerprint";
            if (!data.profile().equals(facts.project().trial().profile())) {
                problems.add(Problem.ofInput(
                        "the evidence is of the profile '" + data.profile() + "', the project's is '"
                                + facts.project().trial().profile() + "'",
                        PROVE));
            }
            if (data.tables() < facts.tables()) {
                problems.add(Problem.ofInput(
                        "the evidence has fingerprints of " + data.tables() + " of " + facts.tables() + " tables",
                        PROVE));
            }
        }
        return new ReadinessItem("dataset", title, found, problems);
    }

    private ReadinessItem plans() {
        List<Problem> problems = new ArrayList<>();
        int captured = 0;
        for (State state : facts.project().states()) {
            for (Query query : facts.statements(Priority.P0)) {
                for (Case each : query.cases()) {
                    List<String> modes = measured(state.name(), query, each)
                            .map(MeasuredCase::planModes)
                            .orElse(List.of());
                    List<String> missing = facts.project().trial().measurement().planModes().stream()
                            .map(PlanMode::label)
                            .filter(mode -> !modes.contains(mode))
                            .toList();
                    captured += modes.size();
                    if (!missing.isEmpty() && facts.evidence() != null) {
                        problems.add(Problem.ofInput(
                                "no " + String.join(" and no ", missing) + " plan of " + query.name() + " "
                                        + each.name() + " in the state " + state.name(),
                                PROVE));
                    }
                }
            }
        }
        if (facts.evidence() == null) {
            problems.add(ReadinessFacts.NO_EVIDENCE);
        }
        return new ReadinessItem(
                "plans",
                "plans of all P0 cases are captured in every state",
                ReadinessFacts.counted(captured, "plan"),
                problems);
    }

    private ReadinessItem objectives() {
        List<Problem> problems = new ArrayList<>();
        String gate = facts.project().trial().gate();
        int passed = 0;
        for (Query query : facts.statements(Priority.P0)) {
            for (Case each : query.cases()) {
                Optional<MeasuredCase> measured = measured(gate, query, each);
                measured.ifPresent(found -> addReasons(problems, query, found));
                if (measured.isEmpty() && facts.evidence() != null) {
                    problems.add(Problem.ofInput(
                            query.name() + " " + each.name() + " was not measured in the gate " + gate, PROVE));
                }
                passed += measured.filter(found -> found.verdict() == Verdict.PASS)
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        facts.proven()
                .ifPresentOrElse(
                        evidence -> addGate(problems, evidence), () -> problems.add(ReadinessFacts.NO_EVIDENCE));
        return new ReadinessItem(
                "slos",
                "all P0 cases meet their SLOs in the gate, without red flags",
                passed == 1 ? "1 case passes in " + gate : passed + " cases pass in " + gate,
                problems);
    }

    private static void addReasons(List<Problem> problems, Query query, MeasuredCase measured) {
        String name = query.name() + " " + measured.name();
        if (measured.verdict() != Verdict.PASS) {
            String reason = measured.reasons().stream().findFirst().orElse("no reason is given");
            problems.add(Problem.ofInput(
                    name + " is " + measured.verdict() + ": " + reason,
                    "change the query or the index and " + PROVE + "; query-plans.md shows its plans"));
        } else {
            measured.redFlags()
                    .forEach(flag -> problems.add(
                            Problem.ofInput(name + " raises a red flag, " + flag, "see docs/red-flags.md")));
        }
    }

    private void addGate(List<Problem> problems, StoredEvidence evidence) {
        String gate = facts.project().trial().gate();
        if (!evidence.gate().equals(gate)) {
            problems.add(Problem.ofInput(
                    "the evidence was judged by the gate " + evidence.gate() + ", the project's is " + gate,
                    PROVE + " without --gate"));
        } else if (evidence.verdict() != Verdict.PASS && problems.isEmpty()) {
            problems.add(Problem.ofInput("the gate " + gate + " is " + evidence.verdict(), PROVE));
        }
    }

    private Optional<MeasuredCase> measured(String state, Query query, Case each) {
        return facts.proven()
                .flatMap(evidence -> evidence.state(state))
                .flatMap(found -> found.measured(query.name(), each.name()));
    }
}
