package dev.pgattest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ledger.CaseEffect.Outcome;
import dev.pgattest.ledger.IndexVerdict.Decision;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndexJudgeTest {

    private static final IndexFacts.Duties NONE = new IndexFacts.Duties("", List.of(), null);
    private static final IndexFacts.Duties RULE = new IndexFacts.Duties("the primary key (id)", List.of(), null);
    private static final IndexFacts.Duties FOREIGN_KEY = new IndexFacts.Duties("", List.of("a_b_fkey to b"), null);
    private static final IndexFacts.Duties COVERED = new IndexFacts.Duties(
            "", List.of(), new IndexFacts.Substitute("bigger", "its keys are the first keys of the other"));
    private static final IndexFacts.Duties DOUBLE = new IndexFacts.Duties(
            "that (id) is unique", List.of(), new IndexFacts.Substitute("key", "the other has the same keys"));

    private record Row(
            String name, IndexFacts.Duties duties, List<CaseEffect> effects, double perInsert, Decision decision) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() {
        return List.of(
                new Row("nothing changes", NONE, List.of(), 3, Decision.UNUSED),
                new Row("saves much", NONE, List.of(reads(5, 5000)), 3, Decision.EARNS_ITS_KEEP),
                new Row("saves exactly the tenth", NONE, List.of(reads(90, 100)), 3, Decision.EARNS_ITS_KEEP),
                new Row("saves less than the tenth", NONE, List.of(reads(91, 100)), 3, Decision.TOO_DEAR),
                new Row("saves what an insert costs", NONE, List.of(reads(2, 5)), 3, Decision.EARNS_ITS_KEEP),
                new Row("saves less than an insert costs", NONE, List.of(reads(3, 5)), 3, Decision.TOO_DEAR),
                new Row("is read to no advantage", NONE, List.of(reads(5, 5)), 0, Decision.TOO_DEAR),
                new Row("is read to a disadvantage", NONE, List.of(reads(9, 5)), 0, Decision.TOO_DEAR),
                new Row(
                        "harms one more than it helps",
                        NONE,
                        List.of(reads(5, 50), reads(150, 50)),
                        1,
                        Decision.TOO_DEAR),
                new Row(
                        "harms one less than it helps",
                        NONE,
                        List.of(reads(5, 500), reads(150, 50)),
                        1,
                        Decision.EARNS_ITS_KEEP),
                new Row(
                        "a row of a job costs more than it saves",
                        NONE,
                        List.of(reads(3, 7), writes(20, 10, 1)),
                        2,
                        Decision.TOO_DEAR),
                new Row(
                        "many rows of a job do not add up",
                        NONE,
                        List.of(reads(3, 400), writes(6000, 3000, 1000)),
                        2,
                        Decision.EARNS_ITS_KEEP),
                new Row("a case is lost", NONE, List.of(lost(Outcome.BEYOND_LIMIT)), 900, Decision.EARNS_ITS_KEEP),
                new Row("a write is refused", NONE, List.of(lost(Outcome.REFUSED)), 900, Decision.EARNS_ITS_KEEP),
                new Row(
                        "cannot be left out and is read",
                        NONE,
                        List.of(lost(Outcome.USED)),
                        900,
                        Decision.EARNS_ITS_KEEP),
                new Row("enforces and is never read", RULE, List.of(), 3, Decision.ENFORCES),
                new Row("enforces and earns", RULE, List.of(reads(5, 5000)), 3, Decision.ENFORCES),
                new Row("enforces what another enforces", DOUBLE, List.of(), 3, Decision.REDUNDANT),
                new Row("is covered", COVERED, List.of(), 3, Decision.REDUNDANT),
                new Row("is covered and saves little", COVERED, List.of(reads(95, 100)), 3, Decision.REDUNDANT),
                new Row("is covered and saves much", COVERED, List.of(reads(5, 100)), 3, Decision.EARNS_ITS_KEEP),
                new Row("only serves a foreign key", FOREIGN_KEY, List.of(), 3, Decision.SERVES_FOREIGN_KEY),
                new Row(
                        "serves a foreign key, saves little",
                        FOREIGN_KEY,
                        List.of(reads(95, 100)),
                        3,
                        Decision.SERVES_FOREIGN_KEY),
                new Row(
                        "serves a foreign key and earns",
                        FOREIGN_KEY,
                        List.of(reads(5, 100)),
                        3,
                        Decision.EARNS_ITS_KEEP));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gives_the_verdict(Row row) {
        assertThat(judge(row.duties(), row.effects(), row.perInsert(), null).decision())
                .isEqualTo(row.decision());
    }

    @Test
    void names_the_numbers_that_led_to_it() {
        assertThat(judge(NONE, List.of(reads(5, 5000), reads(4, 100)), 3, null).reasons())
                .containsExactly(
                        "Q typical touches 5 buffers with it, 5,000 without (100 % fewer): one execution makes up for"
                                + " 1,665 inserted rows",
                        "an inserted row costs 3.0 buffers more with it");
        assertThat(judge(NONE, List.of(reads(3, 5)), 3, null).reasons().get(0))
                .isEqualTo("the most that it saves: Q typical touches 3 buffers with it, 5 without, less than a written"
                        + " row costs");
        assertThat(judge(NONE, List.of(reads(9, 5)), 0, null).reasons())
                .containsExactly(
                        "no case touches fewer buffers because of it",
                        "Q typical touches 9 buffers with it, 5 without: the planner chooses the index to its disadvantage");
        assertThat(judge(NONE, List.of(reads(5, 500), writes(9, 5, 2)), 0, null)
                        .reasons()
                        .get(1))
                .isEqualTo("Q typical touches 9 buffers with it, 5 without, for 2 rows that it writes");
        assertThat(judge(RULE, List.of(lost(Outcome.USED)), 0, "foreign keys refer to it: x")
                        .reasons())
                .containsExactly(
                        "it enforces the primary key (id)",
                        "Q typical reads it",
                        "it cannot be left out: foreign keys refer to it: x");
    }

    @Test
    void a_case_that_is_lost_counts_for_more_than_any_saving() {
        assertThat(judge(NONE, List.of(reads(5, 900_000), lost(Outcome.BEYOND_LIMIT)), 3, null)
                        .reasons()
                        .get(0))
                .isEqualTo("Q typical touches 7 buffers with it and does not end within the limit without");
    }

    private static IndexVerdict judge(
            IndexFacts.Duties duties, List<CaseEffect> effects, double perInsert, @Nullable String heldBy) {
        IndexFacts facts = new IndexFacts(
                new QualifiedName("public", "i"),
                new QualifiedName("public", "t"),
                "create index",
                new IndexFacts.Sizes(8192, 81920, null),
                duties,
                heldBy);
        WriteDifference inserts =
                new WriteDifference("", List.of(figures(100 + Math.round(perInsert * 10))), List.of(figures(100)));
        return IndexJudge.judge(facts, effects, new WriteCost("s", inserts, null, null, List.of()));
    }

    private static WriteFigures figures(long buffers) {
        return new WriteFigures(10, 1, 100, 0, buffers, 0, 0);
    }

    private static CaseEffect reads(long with, long without) {
        return writes(with, without, 0);
    }

    private static CaseEffect writes(long with, long without, long rows) {
        return effect(Outcome.MEASURED, with, without, rows);
    }

    private static CaseEffect lost(Outcome outcome) {
        return effect(outcome, 7, null, 0);
    }

    private static CaseEffect effect(Outcome outcome, long with, @Nullable Long without, long rows) {
        return new CaseEffect(
                "Q", "typical", "custom", outcome, with, without, rows, Latencies.NONE, Latencies.NONE, List.of());
    }
}
