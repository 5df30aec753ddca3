package dev.pgattest.pipeline;

import dev.pgattest.ledger.WriteCost;
import dev.pgattest.ledger.WriteDifference;
import dev.pgattest.ledger.WriteFigures;
import dev.pgattest.postgres.RemovableIndex;
import dev.pgattest.postgres.SchemaFingerprint;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.postgres.WriteTrial;
import dev.pgattest.schema.IndexDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What writes pay for indexes: rows are inserted and updated with and without each, in turn, and rolled back. What is known of the same
 * table from another state is not measured again.
 */
final class WriteCosts {

    /** Each with and without, so that what changes meanwhile on the machine meets both. */
    private static final int ROUNDS = 3;

    private static final String CANCELLED = "57014";

    private final Session session;
    private final Duration limit;
    private final Map<String, WriteCost> known;

    /**
     * Measures on a session; a statement that takes longer than the limit is given up.
     *
     * @param known what is known from other states; grows
     */
    WriteCosts(Session session, Duration limit, Map<String, WriteCost> known) {
        this.session = session;
        this.limit = limit;
        this.known = known;
    }

    /** The columns that updates set; null when none can be set. */
    private record Columns(
            @Nullable String indexed, @Nullable String other) {}

    /** What one transaction gave; null for what could not be measured. */
    private record Round(
            WriteFigures insert,
            @Nullable WriteFigures indexed,
            @Nullable WriteFigures other) {}

    /** What writes pay for one index. */
    WriteCost of(String state, RemovableIndex index, IndexInventory inventory) {
        String key = key(index);
        WriteCost cost = known.get(key);
        if (cost == null) {
            cost = measure(state, index, inventory);
            known.put(key, cost);
        }
        return cost;
    }

    /** All that the costs depend on: the table, with everything that the catalog knows of it, and its size. */
    private String key(RemovableIndex index) {
        List<String> lines = SchemaFingerprint.read(session).lines().stream()
                .filter(line -> line.contains(index.table().name()))
                .toList();
        return index.name() + "\n" + index.tableBytes() + "\n" + String.join("\n", lines);
    }

    private WriteCost measure(String state, RemovableIndex index, IndexInventory inventory) {
        try {
            Trials trials = new Trials(index, inventory);
            Optional<String> obstacle = trials.run();
            return obstacle.map(reason -> WriteCost.unknown(state, reason)).orElseGet(() -> trials.cost(state));
        } catch (SqlFailure failure) {
            boolean cancelled = failure.sqlState().equals(CANCELLED);
            if (failure.isTrouble() && !cancelled) {
                throw failure;
            }
            return WriteCost.unknown(
                    state,
                    cancelled
                            ? "a write takes longer than " + limit.toSeconds() + " s"
                            : "the server refuses a write: " + failure.serverMessage());
        }
    }

    /** The trials of one index. */
    private final class Trials {

        private final RemovableIndex index;
        private final IndexDefinition definition;
        private final List<IndexDefinition> neighbours;
        private final List<Round> with = new ArrayList<>();
        private final List<Round> without = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private Columns columns = new Columns(null, null);

        Trials(RemovableIndex index, IndexInventory inventory) {
            this.index = index;
            this.definition = inventory.definition(index);
            this.neighbours = inventory.neighbours(index);
        }

        /** Runs all rounds; says why none can be run. */
        Optional<String> run() {
            Optional<String> nothing = attempt(trial -> Optional.empty(), this::choose);
            if (nothing.isPresent()) {
                return nothing;
            }
            for (int round = 0; round < ROUNDS; round++) {
                int number = round;
                boolean withFirst = round % 2 == 0;
                Optional<String> obstacle = (withFirst ? withIndex(round) : withoutIndex(round))
                        .or(() -> withFirst ? withoutIndex(number) : withIndex(number));
                if (obstacle.isPresent()) {
                    return obstacle;
                }
            }
            return Optional.empty();
        }

        private Optional<String> withIndex(int round) {
            return trial(round, with, trial -> Optional.empty());
        }

        private Optional<String> withoutIndex(int round) {
            return trial(round, without, trial -> trial.leaveOut(index));
        }

        private Optional<String> trial(int round, List<Round> rounds, Obstacle preparation) {
            if (round == 0) {
                WriteTrial.sweep(session, index.table());
            }
            return attempt(preparation, (trial, insert) -> {
                WriteFigures other = update(trial, columns.other());
                rounds.add(new Round(insert, update(trial, columns.indexed()), other));
            });
        }

        private Optional<String> attempt(Obstacle preparation, Work work) {
            try (WriteTrial trial = WriteTrial.begin(session, index.table(), limit)) {
                Optional<String> obstacle = preparation.in(trial).or(trial::takeRows);
                if (obstacle.isPresent()) {
                    return obstacle;
                }
                Optional<WriteFigures> insert = trial.insert();
                insert.ifPresent(figures -> work.with(trial, figures));
                return insert.isPresent()
                        ? Optional.empty()
                        : Optional.of("a trigger or a rule lets no row into the table");
            }
        }

        private @Nullable WriteFigures update(WriteTrial trial, @Nullable String column) {
            return column == null ? null : trial.update(column).orElse(null);
        }

        /** The first columns of either kind whose values can be exchanged between rows. */
        private void choose(WriteTrial trial, WriteFigures insert) {
            String indexed = first(trial, definition::mentions, "a column of the index");
            String other = first(
                    trial,
                    column -> neighbours.stream().noneMatch(each -> each.mentions(column)),
                    "a column that no index contains");
            columns = new Columns(indexed, other);
        }

        private @Nullable String first(WriteTrial trial, Predicate<String> kind, String words) {
            Optional<String> found = trial.changeableColumns().stream()
                    .filter(kind)
                    .filter(column -> trial.update(column).isPresent())
                    .findFirst();
            if (found.isEmpty()) {
                notes.add(words
                        + " could not be updated: there is none, it has one value, or rows may not exchange values");
            }
            return found.orElse(null);
        }

        WriteCost cost(String state) {
            return new WriteCost(
                    state,
                    new WriteDifference("", inserts(with), inserts(without)),
                    updates(columns.indexed(), Round::indexed),
                    updates(columns.other(), Round::other),
                    notes);
        }

        private static List<WriteFigures> inserts(List<Round> rounds) {
            return rounds.stream().map(Round::insert).toList();
        }

        private @Nullable WriteDifference updates(@Nullable String column, Part part) {
            if (column == null) {
                return null;
            }
            List<WriteFigures> figuresWith = figures(with, part);
            List<WriteFigures> figuresWithout = figures(without, part);
            return figuresWith.size() == ROUNDS && figuresWithout.size() == ROUNDS
                    ? new WriteDifference(column, figuresWith, figuresWithout)
                    : null;
        }

        private static List<WriteFigures> figures(List<Round> rounds, Part part) {
            List<WriteFigures> figures = new ArrayList<>();
            for (Round round : rounds) {
                WriteFigures measured = part.of(round);
                if (measured != null) {
                    figures.add(measured);
                }
            }
            return figures;
        }
    }

    /** What is done to a trial before its rows are taken; says why it fails. */
    private interface Obstacle {
        Optional<String> in(WriteTrial trial);
    }

    /** What is done with a trial whose rows are in. */
    private interface Work {
        void with(WriteTrial trial, WriteFigures insert);
    }

    /** One kind of update. */
    private interface Part {
        @Nullable
        WriteFigures of(Round round);
    }
}
