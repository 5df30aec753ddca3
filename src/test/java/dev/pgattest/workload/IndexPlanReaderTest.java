package dev.pgattest.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import dev.pgattest.schema.IndexDefinition.Backing;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.PlannedIndex.Contract;
import dev.pgattest.workload.PlannedIndex.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class IndexPlanReaderTest {

    private static final String PLAN = """
            indexes:
              orders_tenant_placed_at:
                table: orders
                definition: create index orders_tenant_placed_at on public.orders (tenant_id, placed_at desc)
                serves: [Q1_orders]
                contract: {file: api/orders.yaml, operation: GET /orders}
                justification: newest first
                target: p95 < 50 ms
                decision: create
              orders_pkey:
                table: shop.orders
                definition: primary key (id)
                enforces: an order has one id
                decision: keep
              orders_payload:
                table: orders
                definition: create index on orders using gin (payload)
                decision: defer
                rationale: nobody asks
            """;

    private static final String API = """
            openapi: 3.1.0
            info: {title: Orders, version: "1"}
            paths:
              /orders:
                get:
                  operationId: listOrders
                  responses: {"200": {description: ok}}
                post:
                  responses: {"201": {description: made}}
            """;

    @Test
    void reads_what_each_index_is_and_is_for() {
        IndexPlan plan = project(PLAN, API).read().orThrow().indexPlan();

        assertThat(plan.indexes())
                .extracting(PlannedIndex::decision)
                .containsExactly(Decision.CREATE, Decision.KEEP, Decision.DEFER);
        PlannedIndex first = plan.index("orders_tenant_placed_at").orElseThrow();
        assertThat(first.table()).isEqualTo(new QualifiedName(null, "orders"));
        assertThat(first.statement().definition().keys()).hasSize(2);
        assertThat(first.purpose().serves()).containsExactly("Q1_orders");
        assertThat(first.purpose().needingOperation()).contains(new Contract("api/orders.yaml", "GET", "/orders"));
        assertThat(first.purpose().objective().orElseThrow()).hasToString("p95 < 50 ms");
        PlannedIndex key = plan.index("orders_pkey").orElseThrow();
        assertThat(key.statement().definition().backing()).isEqualTo(Backing.PRIMARY_KEY);
        assertThat(key.purpose().isNamed()).isTrue();
        assertThat(plan.index("orders_payload").orElseThrow().purpose().isNamed())
                .isFalse();
        assertThat(plan.wanted()).hasSize(2);
        assertThat(plan.serving("Q1_orders")).containsExactly(first);
    }

    @Test
    void a_project_without_a_plan_has_an_empty_one() {
        assertThat(new ProjectTexts().read().orThrow().indexPlan()).isEqualTo(IndexPlan.NONE);
    }

    @ParameterizedTest
    @FieldSource("WRONG")
    void says_what_is_wrong_and_where(Wrong wrong) {
        List<Problem> problems = project(PLAN.replace(wrong.part(), wrong.replacement()), API)
                .read()
                .problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo("indexes.yaml:" + wrong.place());
            assertThat(problem.message()).contains(wrong.message());
            assertThat(problem.remedy()).isNotEmpty();
        });
    }

    @Test
    void an_unknown_query_is_answered_with_the_known_queries() {
        List<Problem> problems =
                project(PLAN.replace("[Q1_orders]", "[Q1_order]"), API).read().problems();

        assertThat(problems)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.remedy()).startsWith("did you mean 'Q1_orders'? known queries: Q1_orders"));
    }

    private record Wrong(String part, String replacement, String place, String message) {}

    @SuppressWarnings("unused")
    private static final List<Wrong> WRONG = List.of(
            new Wrong("[Q1_orders]", "[Q1_order]", "5:14", "unknown query 'Q1_order'"),
            new Wrong("(tenant_id, placed_at desc)", "(tenant_id,", "4:17", "the definition cannot be read"),
            new Wrong(
                    "create index on orders using gin (payload)",
                    "drop index x",
                    "17:17",
                    "the constraint cannot be read"),
            new Wrong("primary key (id)", "primary key", "12:17", "the constraint cannot be read"),
            new Wrong("on public.orders", "on public.order", "4:17", "of the table public.\"order\", not of orders"),
            new Wrong(
                    "create index on orders using",
                    "create index other on orders using",
                    "17:17",
                    "of the index 'other'"),
            new Wrong("table: shop.orders", "table: shop.orders.x", "11:12", "no name of a table"),
            new Wrong("target: p95 < 50 ms", "target: fast", "8:13", "'fast' is not an SLO"),
            new Wrong("decision: keep", "decision: keeps", "14:15", "expected one of keep, create, drop, defer"),
            new Wrong("    rationale: nobody asks\n", "", "15:3", "has the decision defer and no rationale"),
            new Wrong("GET /orders", "PUT /orders", "6:50", "api/orders.yaml has no operation 'PUT /orders'"),
            new Wrong("GET /orders", "listOrder", "6:50", "api/orders.yaml has no operation 'listOrder'"),
            new Wrong("api/orders.yaml", "api/order.yaml", "6:22", "does not exist"),
            new Wrong(
                    "orders_pkey:",
                    "a234567890123456789012345678901234567890123456789012345678901234:",
                    "10:3",
                    "longer than 63 bytes"));

    @ParameterizedTest
    @FieldSource("INTERFACES")
    void an_interface_must_be_a_valid_document(Wrong wrong) {
        List<Problem> problems = project(PLAN, API.replace(wrong.part(), wrong.replacement()))
                .read()
                .problems();

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.place()).isEqualTo("api/orders.yaml:" + wrong.place());
            assertThat(problem.message()).contains(wrong.message());
        });
    }

    @SuppressWarnings("unused")
    private static final List<Wrong> INTERFACES = List.of(
            new Wrong("openapi: 3.1.0", "swagger: 2.0", "1:1", "the file is no OpenAPI document"),
            new Wrong("openapi: 3.1.0", "openapi: 2.0.0", "1:10", "the OpenAPI version is 2.0.0"),
            new Wrong(", version: \"1\"", "", "2:1", "the key 'version' is missing in 'info'"),
            new Wrong("/orders:", "orders:", "4:3", "orders"),
            new Wrong("{description: ok}", "{}", "7:19", "the key 'description' is missing in '200'"),
            new Wrong(
                    "3.1.0\ninfo: {title: Orders, version: \"1\"}",
                    "3.0.3\ninfo: {title: Orders}",
                    "2:1",
                    "the key 'version' is missing"),
            new Wrong(
                    "post:",
                    "post:\n      operationId: listOrders",
                    "9:20",
                    "the operationId 'listOrders' is used twice"));

    @Test
    void an_operation_is_named_by_its_id_or_by_method_and_path_in_versions_3_0_and_3_1() {
        for (String version : List.of("3.0.3", "3.1.1")) {
            for (String operation : List.of("listOrders", "get /orders", "POST   /orders")) {
                Project project = project(PLAN.replace("GET /orders", operation), API.replace("3.1.0", version))
                        .read()
                        .orThrow();
                assertThat(project.indexPlan().indexes().get(0).purpose().needingOperation())
                        .map(Contract::path)
                        .contains("/orders");
            }
        }
    }

    private static ProjectTexts project(String plan, String api) {
        return new ProjectTexts()
                .with("pgattest.yaml", "workload: workload.yaml", "workload: workload.yaml\nindexes: indexes.yaml")
                .withFile("indexes.yaml", plan)
                .withFile("api/orders.yaml", api);
    }
}
