package dev.pgattest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.document.Document;
import dev.pgattest.document.DocumentSchema;
import dev.pgattest.ledger.CaseEffect;
import dev.pgattest.ledger.CaseEffect.Outcome;
import dev.pgattest.ledger.IndexEntry;
import dev.pgattest.ledger.IndexVerdict.Decision;
import dev.pgattest.ledger.Ledger;
import dev.pgattest.ledger.Ledger.StateLedger;
import dev.pgattest.ledger.LedgerJson;
import dev.pgattest.ledger.WriteCost;
import dev.pgattest.ledger.WriteDifference;
import dev.pgattest.postgres.Session;
import dev.pgattest.testing.ShopProject;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project with an index of every kind, on a running server. Nothing that is asserted depends on time. */
class IndexLedgerTest {

    private static final String MIGRATION = """
            do $$ begin create role ledger_app; exception when duplicate_object then null; end $$;
            create table owners (id bigint primary key);
            create table orders (
                id bigint primary key, owner bigint not null references owners, code text not null, note text,
                amount bigint not null check (amount > 0), paid boolean);
            create index orders_owner on orders (owner);
            create index orders_owner_amount on orders (owner, amount);
            create index orders_note on orders (note);
            create unique index orders_code on orders (code);
            alter table orders enable row level security;
            alter table orders force row level security;
            create policy own on orders to ledger_app using (owner = current_setting('app.owner')::bigint);
            create policy whole on orders to public using (true);
            grant select on orders to ledger_app;

            create table parts ("Order" bigint not null references orders on delete cascade, piece text not null);
            create index "Parts of an order" on parts ("Order");

            create table stock (item int not null, quantity int not null, seen int not null default 0)
                with (fillfactor = 50);
            create index stock_quantity on stock (quantity);
            create unique index stock_item on stock (item);
            create function count_write() returns trigger language plpgsql as $$
            begin new.seen := new.seen + 1; return new; end $$;
            create trigger counted before insert on stock for each row execute function count_write();
            """;

    private static final String DATASET = """
            profiles:
              small: {seed: 5, rows: {owners: 40, orders: 6000, stock: 400}}
            tables:
              owners: {columns: {id: {type: bigint, identifier: {}}}}
              orders:
                columns:
                  id: {type: bigint, identifier: {}}
                  owner: {type: bigint, reference: {table: owners, column: id}}
                  code: {type: text, identifier: {prefix: c-}}
                  note: {type: text, text: "note {row}"}
                  amount: {type: bigint, uniform: {min: 1, max: 100000}}
              parts:
                rows: {each: orders, counts: [1]}
                columns:
                  Order: {type: bigint, parent: id}
                  piece: {type: text, text: "piece {row}"}
              stock:
                columns:
                  item: {type: integer, uniform: {min: 1, max: 2000000000}}
                  quantity: {type: integer, uniform: {min: 1, max: 1000000}}
            """;

    private static final String WORKLOAD = """
            queries:
              Q1_dearest:
                sql: queries/q1.sql
                priority: P0
                owner: shop
                frequency: 100 / day
                role: ledger_app
                session: {app.owner: ":owner"}
                cases:
                  typical: {slo: p95 < 30 s, parameters: {owner: 3}}
                  other: {slo: p95 < 30 s, parameters: {owner: 5}}
              Q2_by_quantity:
                sql: queries/q2.sql
                priority: P2
                session: {random_page_cost: "1", enable_bitmapscan: "off"}
                cases:
                  only: {parameters: {quantity: 7}}
              Q3_whole:
                sql: queries/q3.sql
                priority: P2
                cases:
                  only: {slo: p95 < 30 s}
            jobs:
              J1_restock:
                sql: queries/j1.sql
                priority: P2
                writes: true
                cases:
                  only: {slo: p95 < 30 s, parameters: {item: 5}}
              J2_sell:
                sql: queries/j2.sql
                priority: P2
                writes: true
                cases:
                  only: {slo: p95 < 30 s, parameters: {item: {table: stock, column: item, row: 9}}}
            """;

    @TempDir
    static Path folder;

    private static Ledger one;
    private static Ledger two;

    @BeforeAll
    static void measure_twice() throws IOException {
        project().writeTo(folder.resolve("shop"));
        one = new IndexLedger(request(List.of(), false), "test", Progress.SILENT).run();
        two = new IndexLedger(request(List.of(), false), "test", Progress.SILENT).run();
    }

    @Test
    void each_kind_of_index_gets_its_verdict() {
        assertThat(verdicts(state("plain")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "owners_pkey", Decision.ENFORCES,
                        "orders_pkey", Decision.ENFORCES,
                        "orders_code", Decision.ENFORCES,
                        "orders_owner", Decision.REDUNDANT,
                        "orders_owner_amount", Decision.EARNS_ITS_KEEP,
                        "orders_note", Decision.UNUSED,
                        "Parts of an order", Decision.SERVES_FOREIGN_KEY,
                        "stock_quantity", Decision.TOO_DEAR,
                        "stock_item", Decision.ENFORCES));
        assertThat(entry("plain", "orders_owner").verdict().reasons().get(0))
                .isEqualTo("orders_owner_amount does all that it does: its keys are the first keys of the other");
        assertThat(entry("plain", "orders_pkey").verdict().reasons())
                .contains("it cannot be left out: foreign keys refer to it: \"parts_Order_fkey\" of public.parts");
    }

    @Test
    void a_state_that_adds_an_index_has_it_in_its_ledger_only() {
        assertThat(verdicts(state("indexed"))).containsEntry("orders_paid", Decision.UNUSED);
        assertThat(verdicts(state("plain"))).doesNotContainKey("orders_paid");
    }

    @Test
    void buffers_repeat_exactly_and_so_do_heap_only_updates_and_verdicts() {
        assertThat(repeatable(one)).isEqualTo(repeatable(two)).isNotEmpty();
    }

    @Test
    void a_case_without_the_index_that_serves_it_touches_more_buffers_and_says_how_its_plan_differs() {
        List<CaseEffect> effects = entry("plain", "orders_owner_amount").effects();

        assertThat(effects).extracting(CaseEffect::query).containsOnly("Q1_dearest");
        assertThat(effects).extracting(CaseEffect::caseName).contains("typical", "other");
        assertThat(effects).allSatisfy(effect -> {
            assertThat(effect.outcome()).isEqualTo(Outcome.MEASURED);
            assertThat(effect.saved()).isGreaterThan(10);
            assertThat(effect.notes()).isNotEmpty();
            assertThat(effect.with().ms()).hasSize(6);
            assertThat(effect.without().ms()).hasSize(6);
        });
    }

    @Test
    void a_write_that_needs_the_unique_index_is_refused_without_it() {
        assertThat(entry("plain", "stock_item").effects())
                .filteredOn(effect -> effect.query().equals("J1_restock"))
                .isNotEmpty()
                .allSatisfy(effect -> {
                    assertThat(effect.outcome()).isEqualTo(Outcome.REFUSED);
                    assertThat(effect.notes().get(0)).contains("ON CONFLICT");
                });
    }

    @Test
    void a_write_that_maintains_an_index_touches_fewer_buffers_without_it() {
        assertThat(entry("plain", "stock_quantity").effects())
                .filteredOn(effect -> effect.query().equals("J2_sell"))
                .singleElement()
                .satisfies(effect -> {
                    assertThat(effect.mode()).isEqualTo("custom");
                    assertThat(effect.outcome()).isEqualTo(Outcome.MEASURED);
                    assertThat(effect.saved()).isNegative();
                });
    }

    @Test
    void an_index_on_an_updated_column_loses_heap_only_updates_and_others_do_not() {
        WriteCost cost = entry("plain", "stock_quantity").cost();
        WriteDifference indexed = cost.indexedUpdates().orElseThrow();
        WriteDifference other = cost.otherUpdates().orElseThrow();

        assertThat(indexed.column()).isEqualTo("quantity");
        assertThat(indexed.hotKept()).isZero();
        assertThat(indexed.hotLost()).isEqualTo(10_000);
        assertThat(other.column()).isEqualTo("seen");
        assertThat(other.hotLost()).isZero();
        assertThat(other.hotKept()).isEqualTo(10_000);
        assertThat(indexed.walBytes()).isGreaterThan(100_000);
    }

    @Test
    void inserts_write_more_log_and_touch_more_buffers_with_an_index_than_without() {
        for (IndexEntry entry : state("plain").indexes()) {
            WriteDifference inserts = entry.cost().inserts().orElseThrow();
            assertThat(inserts.walBytes()).as(entry.facts().name().name()).isGreaterThan(100_000);
            assertThat(inserts.buffersPerRow()).isGreaterThan(0.5);
            assertThat(inserts.addedMs().ms()).hasSize(3);
        }
        assertThat(entry("plain", "orders_note").cost().inserts().orElseThrow().rows())
                .isEqualTo(3_000);
    }

    @Test
    void what_a_state_does_not_change_is_not_measured_again() {
        assertThat(entry("plain", "stock_item").cost().measuredIn()).isEqualTo("indexed");
        assertThat(entry("plain", "orders_note").cost().measuredIn()).isEqualTo("plain");
    }

    @Test
    void the_files_conform_to_the_published_schema_and_name_every_index() throws IOException {
        List<Path> files = LedgerFiles.write(one, request(List.of(), false));

        assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly("ledger.json", "ledger.md");
        assertThat(problems(Files.readString(files.get(0)))).isEmpty();
        assertThat(problems(LedgerJson.text(one).replaceFirst("\"size_bytes\"", "\"size\"")))
                .isNotEmpty();
        assertThat(Files.readString(files.get(1))).contains("Parts of an order", "orders_paid", "Q1_dearest");
    }

    @Test
    void an_unknown_state_is_refused_with_the_known_ones() throws IOException {
        IndexLedger ledger = new IndexLedger(request(List.of("best"), false), "test", Progress.SILENT);

        assertThat(catchThrowableOfType(PgattestException.class, ledger::run).problems())
                .containsExactly(Problem.ofInput("the project has no state best", "name some of plain, indexed"));
    }

    private static ShopProject project() {
        return new ShopProject()
                .named("ledger")
                .withFile("migrations/V1__tables.sql", MIGRATION)
                .withFile("dataset.yaml", DATASET)
                .withFile("workload.yaml", WORKLOAD)
                .withFile("states/apply.sql", "create index orders_paid on orders (paid) where paid;\n")
                .withFile("states/undo.sql", "drop index orders_paid;\n")
                .with("pgattest.yaml", "plan_modes: [custom]", "plan_modes: [custom, generic]")
                .withFile(
                        "queries/q1.sql",
                        "select amount from orders where owner = :owner order by amount desc limit 5\n")
                .withFile("queries/q2.sql", "select item from stock where quantity = :quantity\n")
                .withFile("queries/q3.sql", "select count(*), sum(amount) from orders\n")
                .withFile("queries/j2.sql", "update stock set quantity = quantity + 1 where item = :item\n")
                .withFile(
                        "queries/j1.sql",
                        "insert into stock (item, quantity) values (:item, 1) on conflict (item) do update set quantity = 2\n");
    }

    private static LedgerRequest request(List<String> states, boolean keep) {
        return new LedgerRequest(
                new ProveRequest(
                        folder.resolve("shop"),
                        ProveRequest.Target.parse(TestCluster.url(), null, false, keep),
                        new ProveRequest.Size(null, null, 1),
                        null,
                        new ProveRequest.Output(folder.resolve("out"), null)),
                states);
    }

    private static StateLedger state(String name) {
        return one.states().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static IndexEntry entry(String state, String index) {
        return state(state).indexes().stream()
                .filter(entry -> entry.facts().name().name().equals(index))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Decision> verdicts(StateLedger state) {
        Map<String, Decision> verdicts = new TreeMap<>();
        state.indexes()
                .forEach(entry -> verdicts.put(
                        entry.facts().name().name(), entry.verdict().decision()));
        return verdicts;
    }

    /** Everything that has no time in it, by place. */
    private static Map<String, Object> repeatable(Ledger ledger) {
        Map<String, Object> figures = new TreeMap<>();
        for (StateLedger state : ledger.states()) {
            state.cases()
                    .forEach(run -> figures.put(
                            String.join(" ", state.name(), run.query(), run.caseName(), run.mode()), run.buffers()));
            for (IndexEntry entry : state.indexes()) {
                String name = state.name() + " " + entry.facts().name().name();
                figures.put(name, entry.verdict());
                entry.effects()
                        .forEach(effect -> figures.put(
                                String.join(" ", name, effect.query(), effect.caseName(), effect.mode()),
                                List.of(effect.outcome(), effect.buffersWith(), effect.saved(), effect.notes())));
                add(figures, name + " inserts", entry.cost(), WriteCost::inserts);
                add(figures, name + " indexed", entry.cost(), WriteCost::indexedUpdates);
                add(figures, name + " other", entry.cost(), WriteCost::otherUpdates);
            }
        }
        return figures;
    }

    private static void add(
            Map<String, Object> figures,
            String name,
            WriteCost cost,
            Function<WriteCost, java.util.Optional<WriteDifference>> part) {
        part.apply(cost)
                .ifPresent(each ->
                        figures.put(name, List.of(each.column(), each.rows(), each.buffersPerRow(), each.hotLost())));
    }

    private static List<?> problems(String json) {
        Document document = Document.parse("ledger.json", json.getBytes(StandardCharsets.UTF_8))
                .orThrow();
        return DocumentSchema.of("ledger").check(document).problems();
    }

    @Test
    void the_server_is_left_without_the_benchmark_database() {
        try (Session session = TestCluster.server().open()) {
            assertThat(session.query("select datname from pg_database", row -> row.getString(1)))
                    .doesNotContain("pgattest_ledger");
        }
    }
}
