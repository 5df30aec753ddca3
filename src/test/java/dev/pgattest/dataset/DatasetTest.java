package dev.pgattest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pgattest.PgattestException;
import dev.pgattest.Sha256;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetTest {

    /** 200,000 events of 100 tenants, 5 allocations each on average, 2 % of them in the ledger. */
    private static final String SHOP = """
            profiles:
              small:
                seed: 42
                rows: {tenants: 100, events: 200_000}
                fixed: [tenants]
                members: tenants
            tables:
              ledger:
                rows: {sample: allocations, every: 50}
                columns:
                  allocation_id: {type: uuid, parent: id}
                  amount_cents: {type: bigint, parent: cents}
              tenants:
                columns:
                  id: {type: uuid, identifier: {}}
                  name: {type: text, text: "Tenant {row}"}
              events:
                columns:
                  id: {type: uuid, identifier: {}}
                  tenant_id:
                    type: uuid
                    reference:
                      table: tenants
                      column: id
                      shares:
                        - {members: 10, share: 0.6, decline: linear}
                        - {members: 90, share: 0.4, decline: linear}
                  at: {type: timestamptz, time: {from: 2024-01-01T00:00:00Z, days: 90, spikes: {days: 0.2, share: 0.8}, weekend: 0.6}}
                  value_cents: {type: bigint, uniform: {min: 500, max: 50000}}
                  status: {type: text, choice: {processed: 985, pending: 10, failed: 5}}
                  processed_at: {type: timestamptz, after: {column: at, min: 1 s, max: 5 s}, when: {column: status, is: [processed]}}
                  session_id: {type: uuid, identifier: {}, null_share: 0.2}
                  payload: {type: jsonb, json: {source: {choice: [web, app]}, value: {column: value_cents}, n: {uniform: {min: 1, max: 9}}}}
              allocations:
                rows: {each: events, counts: [2, 4, 6, 8]}
                columns:
                  id: {type: uuid, identifier: {}}
                  event_id: {type: uuid, parent: id}
                  tenant_id: {type: uuid, parent: tenant_id}
                  channel: {type: text, choice: {search: 340, social: 280, email: 180, direct: 120, other: 80}}
                  ratio: {type: "numeric(7,6)", ratio: {}}
                  cents: {type: bigint, split: {parent: value_cents, by: ratio}}
                  created_at: {type: timestamptz, after: {parent: at, min: 1 s, max: 10 min}}
            """;

    private static final Dataset DATASET = DatasetYaml.dataset(SHOP);

    @Test
    void tables_come_in_foreign_key_order_and_otherwise_as_declared() {
        assertThat(DATASET.tables())
                .extracting(TableData::name)
                .containsExactly("tenants", "events", "allocations", "ledger");
    }

    @Test
    void partial_outputs_have_the_pinned_digests() {
        Map<String, String> digests = new HashMap<>();
        for (TableData table : DATASET.tables()) {
            digests.put(table.name() + " 0", digest(table, 0, Math.min(100, table.rows())));
            if (table.rows() > 1100) {
                digests.put(table.name() + " 1000", digest(table, 1000, 1100));
            }
        }
        assertThat(digests)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "tenants 0", "92784bdf7e741b52",
                        "events 0", "9e97ea57c7b085b1",
                        "events 1000", "5b6169210071e22c",
                        "allocations 0", "5e1621e8cd307c99",
                        "allocations 1000", "38eefbbd92383890",
                        "ledger 0", "eb3bccd8121294c2",
                        "ledger 1000", "4499c2b66fc97f8b"));
    }

    @Test
    void any_range_of_rows_is_the_slice_of_the_whole() {
        for (TableData table : DATASET.tables()) {
            long rows = Math.min(table.rows(), 2000);
            byte[] whole = tuples(table, 0, rows);
            for (int round = 0; round < 50; round++) {
                long first = Mix64.bounded(Mix64.at(1, round), rows);
                long last = first + Mix64.bounded(Mix64.at(2, round), rows - first + 1);
                int start = tuples(table, 0, first).length;
                byte[] slice = tuples(table, first, last);
                assertThat(slice).isEqualTo(Arrays.copyOfRange(whole, start, start + slice.length));
            }
        }
    }

    @Test
    void a_range_outside_of_the_table_is_refused() {
        assertThatThrownBy(() -> tuples(table("tenants"), 99, 101))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("rows 99 to 101 of tenants, which has 100");
    }

    @Test
    void the_ten_largest_tenants_have_sixty_percent_of_the_events_and_decline() {
        Map<String, Long> counts = counts("events", "tenant_id", 200_000);
        List<Long> byTenant = new ArrayList<>();
        for (long row = 0; row < 100; row++) {
            byTenant.add(counts.getOrDefault(text("tenants", row, "id"), 0L));
        }
        double top = byTenant.subList(0, 10).stream().mapToLong(Long::longValue).sum() / 200_000.0;
        assertThat(top).isCloseTo(0.6, within(0.005));
        assertThat(byTenant.get(0) / 200_000.0).isCloseTo(0.6 * 10 / 55, within(0.005));
        assertThat(byTenant.get(9) / 200_000.0).isCloseTo(0.6 * 1 / 55, within(0.005));
        assertThat(byTenant.get(10)).isGreaterThan(byTenant.get(99));
    }

    @Test
    void three_channels_have_eighty_percent_of_the_allocations() {
        Map<String, Long> counts = counts("allocations", "channel", 200_000);
        long top = Stream.of("search", "social", "email")
                .mapToLong(channel -> counts.getOrDefault(channel, 0L))
                .sum();
        assertThat(top / 200_000.0).isCloseTo(0.8, within(0.005));
    }

    @Test
    void exactly_eighty_percent_of_the_events_fall_on_eighteen_of_ninety_days_and_weekends_are_quieter() {
        Map<String, Long> byDay = new HashMap<>();
        String last = "";
        for (long row = 0; row < 200_000; row++) {
            String at = text("events", row, "at");
            byDay.merge(at.substring(0, 10), 1L, Long::sum);
            // Trailing zeros of a fraction are not printed, so the comparison leaves the zone out.
            assertThat(at.substring(0, at.length() - 3)).isGreaterThanOrEqualTo(last);
            last = at.substring(0, at.length() - 3);
        }
        assertThat(byDay).hasSize(90);
        List<Map.Entry<String, Long>> busiest = byDay.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
        assertThat(busiest.subList(0, 18).stream()
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .isEqualTo(160_000);
        List<Map.Entry<String, Long>> quiet = busiest.subList(18, 90);
        double weekend = quiet.stream()
                .filter(DatasetTest::isWeekend)
                .mapToLong(Map.Entry::getValue)
                .average()
                .orElseThrow();
        double workday = quiet.stream()
                .filter(day -> !isWeekend(day))
                .mapToLong(Map.Entry::getValue)
                .average()
                .orElseThrow();
        assertThat(weekend / workday).isCloseTo(0.6, within(0.01));
    }

    @Test
    void null_shares_and_correlated_nulls_are_as_declared() {
        long absent = 0;
        for (long row = 0; row < 100_000; row++) {
            absent += table("events").text(row, "session_id").isEmpty() ? 1 : 0;
            boolean processed = text("events", row, "status").equals("processed");
            assertThat(table("events").text(row, "processed_at").isPresent()).isEqualTo(processed);
        }
        assertThat(absent / 100_000.0).isCloseTo(0.2, within(0.005));
    }

    @Test
    void ratios_and_cents_of_ten_thousand_events_sum_to_exactly_the_whole() {
        BigDecimal ratio = BigDecimal.ZERO;
        long cents = 0;
        long event = 0;
        for (long row = 0; event < 10_000; row++) {
            if (!text("allocations", row, "event_id").equals(text("events", event, "id"))) {
                assertThat(ratio).isEqualByComparingTo("1");
                assertThat(cents).isEqualTo(Long.parseLong(text("events", event, "value_cents")));
                ratio = BigDecimal.ZERO;
                cents = 0;
                event++;
                assertThat(text("allocations", row, "event_id")).isEqualTo(text("events", event, "id"));
            }
            ratio = ratio.add(new BigDecimal(text("allocations", row, "ratio")));
            cents += Long.parseLong(text("allocations", row, "cents"));
        }
    }

    @Test
    void cents_follow_the_ratio() {
        for (long row = 0; row < 1000; row++) {
            double value = Double.parseDouble(text("events", eventOf(row), "value_cents"));
            double expected = value * Double.parseDouble(text("allocations", row, "ratio"));
            assertThat(Double.parseDouble(text("allocations", row, "cents"))).isCloseTo(expected, within(1.0));
        }
    }

    @Test
    void identifiers_are_unique_version_4_uuids() {
        Set<String> seen = new HashSet<>();
        for (long row = 0; row < 200_000; row++) {
            seen.add(text("events", row, "id"));
        }
        assertThat(seen)
                .hasSize(200_000)
                .allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    @Test
    void children_inherit_and_follow_their_parent() {
        assertThat(table("allocations").rows()).isEqualTo(1_000_000);
        assertThat(table("ledger").rows()).isEqualTo(20_000);
        for (long row = 0; row < 2000; row++) {
            assertThat(text("allocations", row, "tenant_id")).isEqualTo(text("events", eventOf(row), "tenant_id"));
            assertThat(text("allocations", row, "created_at")).isGreaterThan(text("events", eventOf(row), "at"));
        }
        for (long row = 0; row < 100; row++) {
            long allocation = table("allocations")
                    .firstRow(Map.of("id", text("ledger", row, "allocation_id")), 1_000_000)
                    .orElseThrow();
            assertThat(allocation / 50).isEqualTo(row);
            assertThat(text("ledger", row, "amount_cents")).isEqualTo(text("allocations", allocation, "cents"));
        }
    }

    @Test
    void documents_repeat_columns_in_the_spelling_of_jsonb() {
        String value = text("events", 7, "value_cents");
        assertThat(text("events", 7, "payload"))
                .matches("\\{\"n\": [1-9], \"value\": " + value + ", \"source\": \"(web|app)\"}");
    }

    @Test
    void fewer_members_keep_their_full_size() {
        Dataset three = Dataset.of(DatasetYaml.spec(SHOP), "small", new DatasetSize(BigDecimal.ONE, 3L));
        TableData events = three.table("events").orElseThrow();
        assertThat(three.table("tenants").orElseThrow().rows()).isEqualTo(3);
        assertThat(events.rows()).isEqualTo(Math.round(200_000 * 0.6 * (10 + 9 + 8) / 55));
        long first = 0;
        for (long row = 0; row < events.rows(); row++) {
            first += events.text(row, "tenant_id").orElseThrow().equals(text("tenants", 0, "id")) ? 1 : 0;
        }
        assertThat((double) first / events.rows()).isCloseTo(10.0 / 27, within(0.005));
        assertThat(three.table("allocations").orElseThrow().rows() / (double) events.rows())
                .isCloseTo(5, within(0.001));
    }

    @Test
    void the_scale_multiplies_rows_exactly_and_leaves_one_at_least() {
        assertThat(rowsAt("0.02")).containsExactly(100L, 4_000L, 20_000L, 400L);
        assertThat(rowsAt("0.000001")).startsWith(100L, 1L);
        assertThat(rowsAt("3")).containsExactly(100L, 600_000L, 3_000_000L, 60_000L);
    }

    @Test
    void the_first_row_with_given_values_is_found_within_the_limit() {
        TableData events = table("events");
        Map<String, String> wanted = Map.of("tenant_id", text("tenants", 50, "id"), "status", "pending");
        long row = events.firstRow(wanted, 200_000).orElseThrow();
        assertThat(text("events", row, "status")).isEqualTo("pending");
        assertThat(text("events", row, "tenant_id")).isEqualTo(text("tenants", 50, "id"));
        assertThat(events.firstRow(wanted, row)).isEmpty();
    }

    @Test
    void a_search_for_a_text_that_the_type_has_not_says_so() {
        assertThatThrownBy(() -> table("events").firstRow(Map.of("tenant_id", "acme"), 10))
                .isInstanceOf(PgattestException.class)
                .hasMessage("'acme' is no uuid, the type of column 'tenant_id' of table 'events'");
        assertThatThrownBy(() -> table("events").text(0, "tenant"))
                .hasMessage("table 'events' of the dataset has no column 'tenant'");
        assertThatThrownBy(() -> table("events").text(200_000, "id")).hasMessage("table 'events' has no row 200000");
    }

    @Test
    void the_definition_digest_changes_with_the_declaration_the_size_and_the_seed() {
        Set<String> digests = new HashSet<>();
        digests.add(DATASET.definitionDigest());
        digests.add(DatasetYaml.dataset(SHOP.replace("seed: 42", "seed: 43")).definitionDigest());
        digests.add(
                DatasetYaml.dataset(SHOP.replace("max: 50000", "max: 50001")).definitionDigest());
        digests.add(Dataset.of(DatasetYaml.spec(SHOP), "small", DatasetSize.ofScale("0.5"))
                .definitionDigest());
        assertThat(digests).hasSize(4).doesNotContain("");
        Dataset same = Dataset.of(DatasetYaml.spec(SHOP), "small", DatasetSize.ofScale("1.00"));
        assertThat(same.definitionDigest()).isEqualTo(DATASET.definitionDigest());
    }

    private static List<Long> rowsAt(String scale) {
        return Dataset.of(DatasetYaml.spec(SHOP), "small", DatasetSize.ofScale(scale)).tables().stream()
                .map(TableData::rows)
                .toList();
    }

    private static long eventOf(long allocation) {
        RowCursor cursor = new RowCursor(table("allocations").layout(), new TupleBuffer(16));
        return cursor.moveTo(allocation).parentRow();
    }

    private static boolean isWeekend(Map.Entry<String, Long> day) {
        DayOfWeek weekday = LocalDate.parse(day.getKey()).getDayOfWeek();
        return weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
    }

    private static Map<String, Long> counts(String table, String column, long rows) {
        Map<String, Long> counts = new HashMap<>();
        for (long row = 0; row < rows; row++) {
            counts.merge(text(table, row, column), 1L, Long::sum);
        }
        return counts;
    }

    private static TableData table(String name) {
        return DATASET.table(name).orElseThrow();
    }

    private static String text(String table, long row, String column) {
        return table(table).text(row, column).orElseThrow();
    }

    private static byte[] tuples(TableData table, long from, long to) {
        TupleBuffer out = new TupleBuffer(16);
        table.writeTuples(from, to, out);
        return out.toByteArray();
    }

    private static String digest(TableData table, long from, long to) {
        return Sha256.hex(tuples(table, from, to)).substring(0, 16);
    }
}
