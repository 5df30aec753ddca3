package dev.pgattest.pipeline;

import dev.pgattest.ExitCode;
import dev.pgattest.PgattestException;
import dev.pgattest.ledger.CaseEffect;
import dev.pgattest.ledger.CaseEffect.Outcome;
import dev.pgattest.ledger.Latencies;
import dev.pgattest.ledger.Ledger.CaseRun;
import dev.pgattest.pipeline.CaseProbe.Look;
import dev.pgattest.pipeline.CaseProbe.Run;
import dev.pgattest.pipeline.CaseProbe.Subject;
import dev.pgattest.plan.PlanDifference;
import dev.pgattest.postgres.RemovableIndex;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.postgres.WriteTraces;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.Frequency;
import dev.pgattest.workload.PlanMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What indexes earn in the state that a database is in: each is dropped in a transaction, the cases run in that transaction, and
 * everything is rolled back. A case that is planned as before and has not read the index, not even by a function or the check of a
 * foreign key, changes by nothing and is not run.
 */
final class LeaveOneOut {

    private static final String CANCELLED = "57014";

    /** Executions of a case with the index, before and after those without. */
    private static final int BRACKET = Latencies.ENOUGH / 2;

    private final Session session;
    private final Session sweeper;
    private final CaseProbe probe;
    private final CaseProbe limited;
    private final List<PlanMode> modes;
    private final Duration limit;
    private final List<Measured> workload = new ArrayList<>();
    private final Map<Measured, Seen> seen = new LinkedHashMap<>();

    /**
     * Prepares.
     *
     * @param session on which transactions are begun and rolled back
     * @param sweeper another one, on which tables are vacuumed
     * @param limit time after which a case without an index is cancelled
     */
    LeaveOneOut(Session session, Session sweeper, List<PlanMode> modes, Duration limit) {
        this.session = session;
        this.sweeper = sweeper;
        this.probe = new CaseProbe(session, Duration.ZERO);
        this.limited = new CaseProbe(session, limit);
        this.modes = List.copyOf(modes);
        this.limit = limit;
    }

    /** A case in one plan mode. */
    private record Measured(Subject subject, PlanMode mode) {}

    /** How it is planned and ran with all indexes in place. */
    private record Seen(Look look, Run run) {}

    /** How a case fared without an index; without a run unless it ended. */
    private record Without(Outcome outcome, @Nullable Run run, List<String> notes) {}

    /** What leaving an index out does: to which cases, or why it could not be left out; the latter is null when it could. */
    record Effects(List<CaseEffect> effects, @Nullable String heldBy) {

        /** Of an index that nothing is known of. */
        static final Effects NONE = new Effects(List.of(), null);
    }

    /** Runs every case with all indexes in place, those that write last. */
    List<CaseRun> runAll(List<Subject> subjects) {
        for (Subject subject : writersLast(subjects)) {
            for (PlanMode mode : modes) {
                Measured measured = new Measured(subject, mode);
                if (subject.statement().writes()) {
                    // The first one makes room for the others.
                    sweep(inTransaction(() -> probe.run(subject, mode)).written());
                }
                Seen found = inTransaction(() -> new Seen(probe.look(subject, mode), probe.run(subject, mode)));
                sweep(found.run().written());
                seen.put(measured, found);
            }
        }
        subjects.forEach(subject -> modes.forEach(mode -> workload.add(new Measured(subject, mode))));
        return workload.stream().map(this::caseRun).toList();
    }

    /** The tables that cases have written to, by plan, function or trigger. */
    Set<QualifiedName> writtenTables() {
        Set<QualifiedName> tables = new LinkedHashSet<>();
        seen.values().forEach(each -> tables.addAll(each.run().written()));
        return tables;
    }

    /** Leaves one index out; {@link #runAll} must have run. */
    Effects without(RemovableIndex index) {
        Map<Measured, Look> looks = new LinkedHashMap<>();
        Optional<String> held = inTransaction(() -> {
            Optional<String> why = index.leaveOut(session);
            if (why.isEmpty()) {
                seen.keySet().forEach(each -> looks.put(each, lookWithout(each)));
            }
            return why;
        });
        Map<Measured, CaseEffect> effects = new HashMap<>();
        for (Measured each : seen.keySet()) {
            if (held.isPresent()) {
                used(index, each).ifPresent(effect -> effects.put(each, effect));
            } else if (isAffected(index, each, looks)) {
                CaseEffect effect = measure(index, each);
                if (!isChance(index, each, effect)) {
                    effects.put(each, effect);
                }
            }
        }
        List<CaseEffect> inOrder =
                workload.stream().filter(effects::containsKey).map(effects::get).toList();
        return new Effects(inOrder, held.orElse(null));
    }

    private static List<Subject> writersLast(List<Subject> subjects) {
        List<Subject> ordered = new ArrayList<>(subjects);
        ordered.sort(Comparator.comparing(subject -> subject.statement().writes()));
        return ordered;
    }

    private CaseRun caseRun(Measured measured) {
        Subject subject = measured.subject();
        Run run = seen(measured).run();
        Frequency frequency = subject.query().load().frequency();
        return new CaseRun(
                subject.query().name(),
                subject.each().name(),
                measured.mode().label(),
                subject.query().purpose().priority().name(),
                frequency == null ? null : frequency.toString(),
                run.buffers(),
                run.latencies(),
                List.copyOf(run.read()));
    }

    private Seen seen(Measured measured) {
        Seen found = seen.get(measured);
        if (found == null) {
            throw new IllegalStateException("has not run: " + measured);
        }
        return found;
    }

    /** A statement that cannot even be planned without the index counts as planned otherwise. */
    private Look lookWithout(Measured measured) {
        try {
            return limited.look(measured.subject(), measured.mode());
        } catch (PgattestException e) {
            refusal(e);
            return new Look("", seen(measured).look().shape());
        }
    }

    private boolean isAffected(RemovableIndex index, Measured measured, Map<Measured, Look> looks) {
        Seen full = seen(measured);
        Look without = looks.get(measured);
        boolean changes = without != null && !without.plan().equals(full.look().plan());
        boolean maintained =
                full.run().written().stream().anyMatch(table -> index.tables().contains(table.sql()));
        return (changes || maintained || isRead(index, full.run())) && !repeats(measured, looks);
    }

    /** Whether another plan mode reads alike with and without the index, so that it gives the same. */
    private boolean repeats(Measured measured, Map<Measured, Look> looks) {
        Measured first = new Measured(measured.subject(), modes.get(0));
        Look firstWithout = looks.get(first);
        Look without = looks.get(measured);
        return !first.equals(measured)
                && firstWithout != null
                && without != null
                && seen(first).look().shape().equals(seen(measured).look().shape())
                && firstWithout.shape().equals(without.shape())
                && !without.plan().isEmpty();
    }

    /**
     * Whether buffers are saved by an index that the case neither reads nor is planned otherwise without: dropping it makes the server forget
     * where the tables that are written have room, and look for it.
     */
    private boolean isChance(RemovableIndex index, Measured measured, CaseEffect effect) {
        return effect.outcome() == Outcome.MEASURED
                && effect.saved() > 0
                && effect.notes().isEmpty()
                && !isRead(index, seen(measured).run());
    }

    private static boolean isRead(RemovableIndex index, Run run) {
        return !Collections.disjoint(run.read(), index.parts());
    }

    private Optional<CaseEffect> used(RemovableIndex index, Measured measured) {
        Run run = seen(measured).run();
        boolean first = measured.mode() == modes.get(0);
        return isRead(index, run) && first
                ? Optional.of(effect(index, measured, run.latencies(), new Without(Outcome.USED, null, List.of())))
                : Optional.empty();
    }

    private CaseEffect measure(RemovableIndex index, Measured measured) {
        Subject subject = measured.subject();
        Run full = seen(measured).run();
        sweep(full.written());
        boolean quick = full.latencies().ms().size() == Latencies.ENOUGH;
        List<Double> with =
                new ArrayList<>(quick ? bracket(measured) : full.latencies().ms());
        long start = System.nanoTime();
        try {
            Run run = inTransaction(() -> {
                index.leaveOut(session);
                return limited.run(subject, measured.mode());
            });
            if (quick) {
                with.addAll(bracket(measured));
            }
            sweep(full.written());
            return effect(index, measured, new Latencies(with), new Without(Outcome.MEASURED, run, changes(full, run)));
        } catch (SqlFailure failure) {
            boolean timedOut = System.nanoTime() - start >= limit.toNanos();
            if (!failure.sqlState().equals(CANCELLED) || !timedOut) {
                throw failure;
            }
            sweep(full.written());
            return effect(index, measured, new Latencies(with), new Without(Outcome.BEYOND_LIMIT, null, List.of()));
        } catch (PgattestException e) {
            return effect(
                    index, measured, new Latencies(with), new Without(Outcome.REFUSED, null, List.of(refusal(e))));
        }
    }

    /** What the server said when it refused a statement; anything else is thrown on. */
    private static String refusal(PgattestException e) {
        if (e.exitCode() != ExitCode.BAD_INPUT || e.problems().isEmpty()) {
            throw e;
        }
        return e.problems().get(0).message();
    }

    private List<Double> bracket(Measured measured) {
        return inTransaction(() -> probe.time(measured.subject(), measured.mode(), BRACKET));
    }

    private static List<String> changes(Run full, Run without) {
        return PlanDifference.between(full.plan(), without.plan()).changes().stream()
                .map(PlanDifference.Change::toString)
                .toList();
    }

    private CaseEffect effect(RemovableIndex index, Measured measured, Latencies with, Without without) {
        Run run = without.run();
        return new CaseEffect(
                measured.subject().query().name(),
                measured.subject().each().name(),
                measured.mode().label(),
                without.outcome(),
                seen(measured).run().buffers(),
                run == null ? null : run.buffers(),
                seen(measured).run().rowsWritten().entrySet().stream()
                        .filter(entry -> index.tables().contains(entry.getKey().sql()))
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                with,
                run == null ? Latencies.NONE : run.latencies(),
                without.notes());
    }

    private void sweep(Set<QualifiedName> tables) {
        tables.forEach(table -> WriteTraces.sweep(sweeper, table));
    }

    private <T> T inTransaction(Supplier<T> work) {
        session.execute("begin");
        try {
            return work.get();
        } finally {
            session.execute("rollback");
        }
    }
}
