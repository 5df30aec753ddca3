package dev.pgattest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.evidence.Evidence;
import dev.pgattest.evidence.ServerFacts;
import dev.pgattest.ledger.CaseEffect;
import dev.pgattest.ledger.CaseEffect.Outcome;
import dev.pgattest.ledger.IndexEntry;
import dev.pgattest.ledger.IndexFacts;
import dev.pgattest.ledger.Latencies;
import dev.pgattest.ledger.Ledger;
import dev.pgattest.ledger.Ledger.CaseRun;
import dev.pgattest.ledger.Ledger.StateLedger;
import dev.pgattest.ledger.WriteCost;
import dev.pgattest.ledger.WriteDifference;
import dev.pgattest.ledger.WriteFigures;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTextTest {

    private static final String LONG = "an_index_with_a_name_that_takes_all_of_the_63_bytes_there_are__";
    private static final String QUERY = "Q%d_a_query_with_quite_a_long_name_of_its_own";

    private final Ledger ledger = ledger(20);

    @Test
    void fits_120_columns_whatever_the_names_and_the_number_of_queries() {
        assertThat(LedgerText.of(ledger, Paint.NONE).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void every_query_has_a_column_and_its_name_below() {
        List<String> lines = LedgerText.of(ledger, Paint.NONE).lines().toList();

        for (int number = 1; number <= 20; number++) {
            assertThat(lines).contains("  [" + number + "] " + QUERY.formatted(number));
        }
    }

    @Test
    void a_cell_shows_the_case_that_changes_most_and_a_dot_is_nothing() {
        IndexEntry entry = ledger.states().get(0).indexes().get(0);

        assertThat(LedgerMatrix.cell(entry, QUERY.formatted(1))).isEqualTo("+123,456,700");
        assertThat(LedgerMatrix.cell(entry, QUERY.formatted(2))).isEqualTo("> limit");
        assertThat(LedgerMatrix.cell(entry, QUERY.formatted(3))).isEqualTo("fails");
        assertThat(LedgerMatrix.cell(entry, QUERY.formatted(4))).isEqualTo("reads");
        assertThat(LedgerMatrix.cell(entry, QUERY.formatted(5))).isEqualTo("-40");
        assertThat(LedgerMatrix.cell(entry, QUERY.formatted(6))).isEqualTo("·");
    }

    @Test
    void markdown_has_a_row_for_each_index_and_each_case_that_changes() {
        String markdown = LedgerMarkdown.of(ledger);

        assertThat(markdown).contains("| " + LONG + " | public.t | earns its keep | 4.0 MB | 40 % | 1.5 s |");
        assertThat(markdown)
                .contains(
                        "typical | custom | 100 | 123,456,800 | 1.50 (1.00 - 2.00, n = 2) | 3.00 (n = 1) | a\\|b → c");
        assertThat(markdown).contains("| beyond the limit |", "| refused |", "| cannot be left out |");
        assertThat(markdown.lines()
                        .filter(line -> line.startsWith("|"))
                        .map(LedgerTextTest::cells)
                        .distinct())
                .as("cells of a row: verdicts, queries, writes, cases")
                .containsExactly(7L, 21L, 12L, 9L);
    }

    @Test
    void a_state_without_indexes_and_a_cost_that_could_not_be_measured_are_said_so() {
        Ledger none = new Ledger(
                "1", "p", data(), server(), 60_000, List.of(new StateLedger("bare", "", "", List.of(), List.of())));

        assertThat(LedgerText.of(none, Paint.NONE)).endsWith("bare: 0 indexes, 0 B\n");
        assertThat(LedgerMarkdown.of(none)).contains("0 indexes, 0 B.");
        assertThat(LedgerMarkdown.of(ledger)).contains("| measured in other; the table has no rows |");
    }

    @Test
    void times_of_few_rows_are_left_out() {
        WriteDifference few = new WriteDifference("", List.of(figures(999, 30)), List.of(figures(999, 20)));
        WriteDifference enough = new WriteDifference("", List.of(figures(1_000, 30)), List.of(figures(1_000, 20)));

        assertThat(LedgerFigures.addedMs(few)).isEqualTo("-");
        assertThat(LedgerFigures.rounds(few)).isEqualTo("-");
        assertThat(LedgerFigures.addedMs(enough)).isEqualTo("100.0");
        assertThat(LedgerFigures.rounds(enough)).isEqualTo("100.0 (100.0 to 100.0)");
    }

    private static long cells(String row) {
        return row.replace("\\|", "").chars().filter(each -> each == '|').count() - 1;
    }

    private static Ledger ledger(int queries) {
        List<CaseRun> cases = IntStream.rangeClosed(1, queries)
                .mapToObj(number -> new CaseRun(
                        QUERY.formatted(number), "typical", "custom", "P0", null, 100, Latencies.NONE, List.of()))
                .toList();
        List<CaseEffect> effects = new ArrayList<>(List.of(
                effect(1, Outcome.MEASURED, 123_456_800L),
                effect(1, Outcome.MEASURED, 300L),
                effect(2, Outcome.BEYOND_LIMIT, null),
                effect(3, Outcome.REFUSED, null),
                effect(4, Outcome.USED, null),
                effect(5, Outcome.MEASURED, 60L)));
        WriteDifference difference =
                new WriteDifference("note", List.of(figures(10_000, 30)), List.of(figures(10_000, 20)));
        IndexEntry full =
                IndexEntry.of(facts(LONG), effects, new WriteCost("s", difference, difference, difference, List.of()));
        IndexEntry bare = IndexEntry.of(facts("i"), List.of(), WriteCost.unknown("other", "the table has no rows"));
        return new Ledger(
                "1",
                "p",
                data(),
                server(),
                60_000,
                List.of(new StateLedger("s", "words", "", cases, List.of(full, bare))));
    }

    private static CaseEffect effect(int query, Outcome outcome, @Nullable Long without) {
        return new CaseEffect(
                QUERY.formatted(query),
                "typical",
                "custom",
                outcome,
                100,
                without,
                0,
                new Latencies(List.of(2.0, 1.0)),
                new Latencies(List.of(3.0)),
                List.of("a|b → c"));
    }

    private static IndexFacts facts(String name) {
        return new IndexFacts(
                new QualifiedName("public", name),
                new QualifiedName("public", "t"),
                "",
                new IndexFacts.Sizes(4L << 20, 10L << 20, 1_500.0),
                new IndexFacts.Duties("", List.of(), null),
                null);
    }

    private static WriteFigures figures(long rows, double ms) {
        return new WriteFigures(rows, ms, 1_000, 0, 1_000, 10, 0);
    }

    private static Evidence.Data data() {
        return new Evidence.Data("small", 1, null, 5, "", List.of());
    }

    private static ServerFacts server() {
        return new ServerFacts("18.6", "", new TreeMap<>());
    }
}
