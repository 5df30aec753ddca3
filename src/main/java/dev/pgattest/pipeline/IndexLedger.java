package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.DerivedTable;
import dev.pgattest.dataset.TableData;
import dev.pgattest.ledger.CaseEffect;
import dev.pgattest.ledger.IndexEntry;
import dev.pgattest.ledger.IndexFacts;
import dev.pgattest.ledger.Ledger;
import dev.pgattest.ledger.Ledger.CaseRun;
import dev.pgattest.ledger.Ledger.StateLedger;
import dev.pgattest.ledger.WriteCost;
import dev.pgattest.pipeline.CaseProbe.Subject;
import dev.pgattest.pipeline.LeaveOneOut.Effects;
import dev.pgattest.postgres.DatasetLoad;
import dev.pgattest.postgres.RemovableIndex;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.WriteTraces;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each index earns and costs, in each state. First everything that only reads, state by state, so that buffers are those that
 * {@code prove} sees; then what writes cost, on the way back to the first state.
 */
public final class IndexLedger {

    private final LedgerRequest request;
    private final String version;
    private final Progress progress;
    private final PhaseClock clock = new PhaseClock();

    /**
     * Prepares a run.
     *
     * @param version of pgattest, recorded in the ledger
     */
    public IndexLedger(LedgerRequest request, String version, Progress progress) {
        this.request = request;
        this.version = version;
        this.progress = progress;
    }

    /** What a state's indexes earn. */
    private record Earned(
            State state,
            String schema,
            IndexInventory inventory,
            List<CaseRun> cases,
            Map<RemovableIndex, Effects> effects,
            Map<String, Double> buildMs) {}

    /**
     * Measures. No file is written; {@link LedgerFiles} does that.
     *
     * @throws PgattestException when the input is wrong or the environment fails
     */
    public Ledger run() {
        LoadedProject loaded = LoadedProject.read(request.run().project());
        List<State> states = states(loaded.project());
        LedgerFiles.requireWritable(request);
        ProveRequest run = request.run();
        try (Benchmark benchmark = Benchmark.open(loaded, run.target(), run.size(), clock, progress)) {
            StateWalk walk = new StateWalk(loaded.project(), benchmark.connections(), benchmark.buildMs());
            List<Earned> earned = new ArrayList<>();
            for (State state : states) {
                earned.add(earn(loaded.project(), benchmark, walk, state));
            }
            List<StateLedger> ledgers = new ArrayList<>();
            Costs costs = new Costs(loaded.project(), benchmark, walk);
            for (int i = earned.size() - 1; i >= 0; i--) {
                ledgers.add(0, costs.of(earned.get(i)));
            }
            costs.clean();
            return new Ledger(
                    version,
                    loaded.project().name(),
                    benchmark.data(List.of()),
                    benchmark.facts(),
                    limit(loaded.project()).toMillis(),
                    ledgers);
        }
    }

    private List<State> states(Project project) {
        for (String name : request.states()) {
            if (project.state(name).isEmpty()) {
                String names = String.join(
                        ", ", project.states().stream().map(State::name).toList());
                throw PgattestException.badInput("the project has no state " + name, "name some of " + names);
            }
        }
        return project.states().stream()
                .filter(state -> request.states().isEmpty() || request.states().contains(state.name()))
                .toList();
    }

    private static Duration limit(Project project) {
        return project.trial().measurement().caseTimeLimit();
    }

    private Earned earn(Project project, Benchmark benchmark, StateWalk walk, State state) {
        progress.step("state " + state.name());
        walk.to(state);
        DatasetLoad.vacuum(benchmark.connections()::open, request.run().size().connections());
        try (Session session = benchmark.connections().open();
                Session sweeper = benchmark.connections().open()) {
            IndexInventory inventory = IndexInventory.read(session);
            LeaveOneOut leaveOneOut = new LeaveOneOut(
                    session, sweeper, project.trial().measurement().planModes(), limit(project));
            progress.step(state.name() + ": every case with all indexes");
            List<CaseRun> cases = leaveOneOut.runAll(subjects(project, benchmark, state));
            Map<RemovableIndex, Effects> effects = new HashMap<>();
            for (RemovableIndex index : inventory.removable()) {
                progress.step(state.name() + ": without " + index.name().name());
                effects.put(index, leaveOneOut.without(index));
            }
            WriteTraces.remove(benchmark.connections(), leaveOneOut.writtenTables());
            return new Earned(state, walk.fingerprint().digest(), inventory, cases, effects, walk.buildMs());
        }
    }

    private static List<Subject> subjects(Project project, Benchmark benchmark, State state) {
        CaseStatements statements = new CaseStatements(benchmark.dataset());
        List<Subject> subjects = new ArrayList<>();
        for (Query query : project.workload().statements()) {
            for (Case each : query.cases()) {
                subjects.add(new Subject(
                        query,
                        each,
                        query.statement()
                                .variantIn(state.name())
                                .map(variant -> statements.variant(query, each, variant))
                                .orElseGet(() -> statements.original(query, each))));
            }
        }
        return subjects;
    }

    /** What the indexes of states cost. */
    private final class Costs {

        private final Benchmark benchmark;
        private final StateWalk walk;
        private final State first;
        private final Duration limit;
        private final Map<String, WriteCost> known = new HashMap<>();
        private final Set<QualifiedName> written = new LinkedHashSet<>();

        Costs(Project project, Benchmark benchmark, StateWalk walk) {
            this.benchmark = benchmark;
            this.walk = walk;
            this.first = project.firstState();
            this.limit = limit(project);
        }

        StateLedger of(Earned earned) {
            State state = earned.state();
            walk.to(state);
            List<IndexEntry> entries = new ArrayList<>();
            try (Session session = benchmark.connections().open()) {
                WriteCosts costs = new WriteCosts(session, limit, known);
                for (RemovableIndex index : earned.inventory().removable()) {
                    progress.step(state.name() + ": what writes pay for "
                            + index.name().name());
                    Effects effects = earned.effects().getOrDefault(index, Effects.NONE);
                    IndexFacts facts =
                            earned.inventory().facts(index, buildMs(session, earned, index), effects.heldBy());
                    written.add(index.table());
                    List<CaseEffect> inOrder = effects.effects();
                    entries.add(IndexEntry.of(facts, inOrder, costs.of(state.name(), index, earned.inventory())));
                }
            }
            return new StateLedger(state.name(), state.description(), earned.schema(), earned.cases(), entries);
        }

        /** Back to the first state; a database that somebody goes on using is left as it was found. */
        void clean() {
            walk.to(first);
            if (request.run().target().keep()) {
                try (Session session = benchmark.connections().open()) {
                    WriteTraces.remove(benchmark.connections(), WriteTraces.present(session, written));
                }
            }
        }

        /** What the load knows of a table that it filled; other indexes may have been built before there were rows, so once more. */
        private @Nullable Double buildMs(Session session, Earned earned, RemovableIndex index) {
            Double known = earned.buildMs().get(index.name().sql());
            Dataset dataset = benchmark.dataset();
            boolean loadedFirst = Stream.concat(
                            dataset.tables().stream().map(TableData::name),
                            dataset.derived().stream().map(DerivedTable::name))
                    .anyMatch(table -> QualifiedName.exact(table)
                            .filter(name -> name.name().equals(index.table().name()))
                            .isPresent());
            return known != null && loadedFirst ? known : index.rebuild(session);
        }
    }
}
