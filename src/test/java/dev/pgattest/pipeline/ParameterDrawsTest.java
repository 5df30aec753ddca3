package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.TableData;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.ParameterValue;
import dev.pgattest.workload.ParameterValue.RowPosition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On 100 owners of whom the first ten have 60 % of 5,000 orders. */
class ParameterDrawsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Dataset dataset;

    @BeforeEach
    void makeDataset() throws IOException {
        Path project = new ShopProject().withFile("dataset.yaml", """
                        profiles:
                          small: {seed: 5, rows: {owners: 100, orders: 5000, notes: 10}}
                        tables:
                          owners: {columns: {id: {type: bigint, identifier: {}}, name: {type: text, text: "n{row}"}}}
                          orders:
                            columns:
                              id: {type: bigint, identifier: {}}
                              owner:
                                type: bigint
                                reference:
                                  {table: owners, column: id, shares: [{members: 10, share: 0.6}, {members: 90, share: 0.4}]}
                              state: {type: text, choice: {open: 1, done: 9}}
                          lines:
                            rows: {each: orders, counts: [2]}
                            columns: {id: {type: bigint, identifier: {}}, owner: {type: bigint, parent: owner}}
                          notes: {columns: {id: {type: bigint, identifier: {}}}}
                        """).writeTo(folder);
        dataset = LoadedProject.read(project).dataset(new ProveRequest.Size(null, null, 1));
    }

    @Test
    void rows_are_drawn_as_often_as_others_refer_to_them() {
        Case each = of(Map.of("owner", row("owners", "id", 0)));
        int large = 0;
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            String owner = draw(each, i).get("owner");
            large += Long.parseLong(String.valueOf(owner)) <= 10 ? 1 : 0;
            seen.add(String.valueOf(owner));
        }
        assertThat(large / 5000.0).isCloseTo(0.6, within(0.03));
        assertThat(seen).hasSize(100);
    }

    @Test
    void rows_that_nothing_refers_to_are_drawn_evenly() {
        Case each = of(Map.of("note", row("notes", "id", 3)));
        int first = 0;
        for (int i = 0; i < 5000; i++) {
            first += "1".equals(draw(each, i).get("note")) ? 1 : 0;
        }
        assertThat(first / 5000.0).isCloseTo(0.1, within(0.02));
    }

    @Test
    void parameters_of_one_row_come_from_one_row_again() {
        Case each = of(Map.of("order", row("orders", "id", 7), "owner", row("orders", "owner", 7)));
        TableData orders = table("orders");
        for (int i = 0; i < 200; i++) {
            Map<String, @Nullable String> drawn = draw(each, i);
            long order = Long.parseLong(String.valueOf(drawn.get("order")));

            assertThat(orders.text(order - 1, "owner")).contains(String.valueOf(drawn.get("owner")));
        }
    }

    @Test
    void a_row_that_the_declared_one_refers_to_is_drawn_with_it_and_another_one_on_its_own() {
        TableData lines = table("lines");
        long owner = Long.parseLong(lines.text(9, "owner").orElseThrow()) - 1;
        Case linked = of(Map.of("line", row("lines", "id", 9), "owner", row("owners", "id", owner)));
        Case apart = of(Map.of("line", row("lines", "id", 9), "owner", row("owners", "id", (owner + 1) % 100)));
        int differing = 0;
        for (int i = 0; i < 200; i++) {
            Map<String, @Nullable String> drawn = draw(linked, i);
            long line = Long.parseLong(String.valueOf(drawn.get("line")));
            assertThat(lines.text(line - 1, "owner")).contains(String.valueOf(drawn.get("owner")));

            Map<String, @Nullable String> other = draw(apart, i);
            line = Long.parseLong(String.valueOf(other.get("line")));
            differing += lines.text(line - 1, "owner").orElseThrow().equals(other.get("owner")) ? 0 : 1;
        }
        assertThat(differing).isGreaterThan(100);
    }

    @Test
    void a_match_is_looked_for_among_the_rows_of_the_drawn_one_and_is_not_always_the_first() {
        Map<String, ParameterValue> parameters = new LinkedHashMap<>();
        parameters.put(
                "order", new ParameterValue.FirstMatch("orders", "id", Map.of("owner", ":owner", "state", "open")));
        parameters.put("owner", row("owners", "id", 0));
        Case each = of(parameters);
        Set<String> ofFirst = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Map<String, @Nullable String> drawn = draw(each, i);
            long order = Long.parseLong(String.valueOf(drawn.get("order"))) - 1;
            assertThat(table("orders").text(order, "owner")).contains(String.valueOf(drawn.get("owner")));
            assertThat(table("orders").text(order, "state")).contains("open");
            if ("1".equals(drawn.get("owner"))) {
                ofFirst.add(String.valueOf(order));
            }
        }
        assertThat(ofFirst).hasSizeGreaterThan(1);
    }

    @Test
    void literals_and_nulls_stay_and_a_draw_is_the_same_every_time() {
        Map<String, ParameterValue> parameters = new LinkedHashMap<>();
        parameters.put("from", new ParameterValue.Literal("2024-01-01"));
        parameters.put("nothing", new ParameterValue.Null());
        parameters.put("owner", row("owners", "id", 0));
        Case each = of(parameters);

        assertThat(draw(each, 3)).containsEntry("from", "2024-01-01").containsEntry("nothing", null);
        assertThat(draw(each, 3)).isEqualTo(draw(each, 3));
        assertThat(draw(each, 3).keySet()).containsExactly("from", "nothing", "owner");
    }

    private Map<String, @Nullable String> draw(Case each, long number) {
        return new ParameterDraws(dataset, 1).draw("Q", each, number);
    }

    private TableData table(String name) {
        return dataset.table(name).orElseThrow();
    }

    private static Case of(Map<String, ParameterValue> parameters) {
        return new Case("typical", null, parameters);
    }

    private static ParameterValue row(String table, String column, long row) {
        return new ParameterValue.OfRow(table, column, new RowPosition.Index(row));
    }

    /** A share of the rows is a position too. */
    @Test
    void shares_are_drawn_as_numbers_are() {
        Case each = of(Map.of(
                "owner", new ParameterValue.OfRow("owners", "id", new RowPosition.Share(new BigDecimal("0.1"))),
                "name", new ParameterValue.OfRow("owners", "name", new RowPosition.Share(new BigDecimal("0.1")))));
        for (int i = 0; i < 50; i++) {
            Map<String, @Nullable String> drawn = draw(each, i);
            assertThat(drawn.get("name")).isEqualTo("n" + drawn.get("owner"));
        }
    }
}
