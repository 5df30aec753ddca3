package dev.pgattest.pipeline;

import static dev.pgattest.pipeline.SkeldirDatabase.all;
import static dev.pgattest.pipeline.SkeldirDatabase.allocationSql;
import static dev.pgattest.pipeline.SkeldirDatabase.eventSql;
import static dev.pgattest.pipeline.SkeldirDatabase.one;
import static dev.pgattest.pipeline.SkeldirDatabase.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.postgres.Session;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Skeldir's database enforces whatever an application does, each rule from both of its sides. */
class SkeldirRulesTest {

    private static final SkeldirDatabase SKELDIR = SkeldirDatabase.migrated();

    private final UUID tenant = SKELDIR.tenant();
    private final UUID other = SKELDIR.tenant();

    @Test
    void a_tenant_takes_a_key_or_an_id_in_once_and_another_tenant_may_use_the_same() {
        try (Session app = SKELDIR.appOf(tenant);
                Session otherApp = SKELDIR.appOf(other)) {
            assertThat(refusal(app, eventSql(tenant, "shopify", "1001", "key", 5)))
                    .isEmpty();
            assertThat(refusal(app, eventSql(tenant, "shopify", "1002", "key", 5)))
                    .startsWith("23505")
                    .contains("idx_events_idempotency");
            assertThat(refusal(app, eventSql(tenant, "shopify", "1001", "key 2", 5)))
                    .startsWith("23505")
                    .contains("idx_attribution_events_tenant_external_event_id");
            assertThat(refusal(otherApp, eventSql(other, "shopify", "1001", "key", 5)))
                    .isEmpty();
        }
    }

    @Test
    void an_event_of_stripe_is_known_by_its_correlation_id_and_the_others_by_the_id_of_their_source() {
        String stripe =
                "insert into attribution_events (tenant_id, source, correlation_id, idempotency_key, event_type, channel,"
                        + " conversion_value_cents, event_timestamp, raw_payload) values ('%s', 'stripe', %s, '%s', 'purchase', 'email', 5,"
                        + " now(), '{}')";
        String id = "'" + UUID.randomUUID() + "'";
        try (Session app = SKELDIR.appOf(tenant)) {
            assertThat(refusal(app, stripe, tenant, id, "one")).isEmpty();
            assertThat(refusal(app, stripe, tenant, id, "two"))
                    .startsWith("23505")
                    .contains("idx_attribution_events_tenant_correlation_id");
            assertThat(refusal(app, stripe, tenant, "null", "three"))
                    .startsWith("23514")
                    .contains("attribution_events_identified");
            assertThat(refusal(app, eventSql(tenant, "paypal", "", "four", 5).replace("''", "null")))
                    .startsWith("23514")
                    .contains("attribution_events_identified");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revenue_state_transitions",
                "channel_state_transitions",
                "channel_assignment_corrections",
                "pii_audit_findings",
                "investigation_tool_calls",
                "llm_api_calls"
            })
    void an_audit_row_stays_as_it_was_written_and_goes_with_its_tenant(String table) {
        UUID event = SKELDIR.event(tenant, 100);
        try (Session superuser = SKELDIR.superuser()) {
            superuser.execute("set app.current_tenant_id = '" + tenant + "'");
            superuser.execute(auditRow(table, event));
            String where = " where tenant_id = '" + tenant + "'";
            assertThat(one(superuser, "select count(*) from " + table + where)).isEqualTo("1");

            assertThat(refusal(superuser, "update " + table + " set tenant_id = tenant_id" + where))
                    .startsWith("23001")
                    .contains("keeps its rows as they were written");
            assertThat(refusal(superuser, "delete from " + table + where)).startsWith("23001");
            assertThat(refusal(superuser, "truncate " + table)).startsWith("23001");
            assertThat(one(superuser, "select count(*) from " + table + where)).isEqualTo("1");

            assertThat(refusal(superuser, "delete from tenants where id = '" + tenant + "'"))
                    .isEmpty();
            assertThat(one(superuser, "select count(*) from " + table + where)).isEqualTo("0");
        }
    }

    private String auditRow(String table, UUID event) {
        String investigation = UUID.randomUUID().toString();
        return switch (table) {
            case "revenue_state_transitions" -> bookSql("captured");
            case "channel_state_transitions" ->
                "insert into channel_state_transitions (tenant_id, channel_code, from_state," + " to_state) values ('"
                        + tenant + "', 'email', 'draft', 'active')";
            case "channel_assignment_corrections" ->
                "insert into channel_assignment_corrections (tenant_id, event_id,"
                        + " from_channel, to_channel, corrected_by, reason) values ('" + tenant + "', '" + event
                        + "', 'email', 'direct', 'analyst', 'tag missing')";
            case "pii_audit_findings" ->
                "insert into pii_audit_findings (tenant_id, table_name, column_name, record_id, pii_key)" + " values ('"
                        + tenant + "', 'dead_events', 'raw_payload', '" + event + "', 'email')";
            case "investigation_tool_calls" ->
                "insert into investigations (id, tenant_id, question) values ('" + investigation
                        + "', '" + tenant + "', 'why?');"
                        + stepSql(investigation, "1");
            case "llm_api_calls" -> callSql("2024-01-05");
            default -> throw new IllegalArgumentException(table);
        };
    }

    @Test
    void revenue_moves_along_legal_paths_and_each_step_is_recorded() {
        try (Session app = SKELDIR.appOf(tenant)) {
            String entry = one(app, bookSql("captured"));
            app.execute("set app.change_reason = 'dispute 7'");
            for (String state : new String[] {"settled", "chargeback", "captured", "captured", "refunded"}) {
                assertThat(refusal(app, moveSql(entry, state))).isEmpty();
            }
            assertThat(refusal(app, moveSql(entry, "captured")))
                    .startsWith("23514")
                    .contains("revenue cannot go from refunded to captured");
            assertThat(refusal(app, bookSql("refunded")))
                    .startsWith("23514")
                    .contains("revenue cannot go from nothing to refunded");

            assertThat(all(
                            app,
                            "select concat_ws(' ', from_state, to_state, reason) from revenue_state_transitions"
                                    + " where ledger_id = '%s' order by transitioned_at",
                            entry))
                    .containsExactly(
                            "captured",
                            "captured settled dispute 7",
                            "settled chargeback dispute 7",
                            "chargeback captured dispute 7",
                            "captured refunded dispute 7");
            assertThat(refusal(
                            app,
                            "insert into revenue_state_transitions (tenant_id, ledger_id, to_state) values ('%s', '%s', 'settled')",
                            tenant,
                            entry))
                    .as("nobody but the trigger writes the record")
                    .startsWith("42501");
        }
    }

    private String bookSql(String state) {
        return "insert into revenue_ledger (tenant_id, order_id, amount_cents, state) values ('" + tenant
                + "', 'ORD-1', 500, '" + state + "') returning id";
    }

    private static String moveSql(String entry, String state) {
        return "update revenue_ledger set state = '" + state + "' where id = '" + entry + "'";
    }

    @Test
    void an_order_in_another_currency_is_booked_at_its_rate_to_a_cent() {
        String sql =
                "insert into revenue_ledger (tenant_id, order_id, amount_cents, original_amount_cents, original_currency,"
                        + " exchange_rate, state) values ('%s', 'ORD-2', %s, %s, %s, %s, 'captured')";
        try (Session app = SKELDIR.appOf(tenant)) {
            assertThat(refusal(app, sql, tenant, 1085, 1000, "'EUR'", "1.0849")).isEmpty();
            assertThat(refusal(app, sql, tenant, 1087, 1000, "'EUR'", "1.0849"))
                    .startsWith("23514")
                    .contains("revenue_ledger_conversion_exact");
            assertThat(refusal(app, sql, tenant, 1085, 1000, "'EUR'", "null"))
                    .startsWith("23514")
                    .contains("revenue_ledger_conversion_whole");
        }
    }

    @Test
    void the_allocations_of_a_model_version_add_up_to_the_value_of_their_event() {
        UUID event = SKELDIR.event(tenant, 100);
        try (Session app = SKELDIR.appOf(tenant)) {
            assertThat(refusal(app, whole(event, "1", 60, 40))).isEmpty();
            assertThat(refusal(app, whole(event, "2", 60, 41)))
                    .as("within a cent")
                    .isEmpty();
            assertThat(refusal(app, whole(event, "3", 60, 42)))
                    .startsWith("23514")
                    .contains("model version 3 allocates 102 of 100 cents");
            app.execute("rollback");
            assertThat(refusal(app, allocationSql(tenant, event, "4", 60)))
                    .contains("model version 4 allocates 60 of 100 cents");
        }
        try (Session superuser = SKELDIR.superuser()) {
            String version =
                    "delete from attribution_allocations where event_id = '" + event + "' and model_version = '1'";
            assertThat(refusal(superuser, version + " and allocated_revenue_cents = 40"))
                    .contains("model version 1 allocates 60 of 100 cents");
            assertThat(refusal(superuser, version))
                    .as("a version may go as a whole")
                    .isEmpty();
            assertThat(refusal(
                            superuser,
                            "update attribution_events set conversion_value_cents = 200 where id = '" + event + "'"))
                    .contains("model version 2 allocates 101 of 200 cents");
        }
    }

    private String whole(UUID event, String version, int first, int second) {
        return "begin; " + allocationSql(tenant, event, version, first) + "; "
                + allocationSql(tenant, event, version, second) + "; commit";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\": \"a@b.example\"}",
                "{\"order\": {\"customer\": {\"firstName\": \"A\"}}}",
                "{\"lines\": [{\"sku\": 1}, {\"ship\": [[{\"Street-Address\": \"1\"}]]}]}",
                "[{\"IP_ADDRESS\": \"10.0.0.1\"}]"
            })
    void a_payload_with_personal_data_under_its_name_is_refused_at_any_depth(String payload) {
        try (Session app = SKELDIR.appOf(tenant)) {
            assertThat(refusal(app, deadEventSql(tenant, payload)))
                    .startsWith("23514")
                    .contains("dead_events.raw_payload carries personal data under the key");
            assertThat(refusal(app, eventSql(tenant, "shopify", "pii", "pii", 5).replace("'{}'", "'" + payload + "'")))
                    .contains("attribution_events.raw_payload carries personal data");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "{\"source\": \"email\", \"lines\": [{\"emails_sent\": 3}]}"})
    void a_payload_without_such_a_key_is_taken(String payload) {
        try (Session app = SKELDIR.appOf(tenant)) {
            assertThat(refusal(app, deadEventSql(tenant, payload))).isEmpty();
        }
    }

    private static String deadEventSql(UUID tenant, String payload) {
        return "insert into dead_events (tenant_id, source, error_code, raw_payload, next_retry_at) values ('" + tenant
                + "', 'shopify', 'timeout', '" + payload + "', now())";
    }

    @Test
    void the_scan_finds_what_came_in_around_the_rule_and_says_whose_it_is() {
        try (Session owner = SKELDIR.superuser();
                Session privacy = SKELDIR.as("skeldir_privacy");
                Session app = SKELDIR.appOf(tenant)) {
            owner.execute("begin; alter table dead_events disable trigger refuse_pii;"
                    + deadEventSql(tenant, "{\"a\": {\"phone\": \"1\"}}") + ";"
                    + deadEventSql(other, "{\"ssn\": \"1\"}") + ";"
                    + "alter table dead_events enable trigger refuse_pii; commit");

            assertThat(one(privacy, "select fn_scan_pii_contamination()")).isEqualTo("2");
            assertThat(one(privacy, "select fn_scan_pii_contamination()")).isEqualTo("0");

            assertThat(
                            all(
                                    app,
                                    "select concat_ws(' ', tenant_id, table_name, column_name, pii_key) from pii_audit_findings"))
                    .containsExactly(tenant + " dead_events raw_payload phone");
            assertThat(refusal(app, "select fn_scan_pii_contamination()")).startsWith("42501");
        }
    }

    @Test
    void the_costs_of_a_utc_month_are_the_sum_of_its_calls_however_often_they_are_rolled_up() {
        String mine =
                "select string_agg(month || ' ' || calls || ' ' || cost_cents, ', ' order by month) from llm_monthly_costs";
        try (Session app = SKELDIR.appOf(tenant);
                Session rollup = SKELDIR.as("skeldir_rollup");
                Session superuser = SKELDIR.superuser()) {
            superuser.execute(callSql("2024-01-01 00:00:00Z") + ";" + callSql("2024-01-31 23:59:59.999999Z") + ";"
                    + callSql("2024-02-01 00:00:00Z"));
            rollup.execute("set timezone = 'Pacific/Auckland'");

            assertThat(one(rollup, "select roll_up_llm_costs('2024-01-20')")).isEqualTo("1");
            assertThat(one(app, mine)).isEqualTo("2024-01-01 2 3.0000");
            assertThat(one(rollup, "select roll_up_llm_costs('2024-01-20')")).isEqualTo("0");

            superuser.execute(callSql("2024-01-07 12:00:00Z"));
            assertThat(one(rollup, "select roll_up_llm_costs('2024-01-01')")).isEqualTo("1");
            assertThat(one(rollup, "select roll_up_llm_costs('2024-02-29')")).isEqualTo("1");
            assertThat(one(app, mine)).isEqualTo("2024-01-01 3 4.5000, 2024-02-01 1 1.5000");
        }
    }

    private String callSql(String at) {
        return "insert into llm_api_calls (tenant_id, endpoint, model, input_tokens, output_tokens, cost_cents, latency_ms,"
                + " created_at) values ('" + tenant + "', 'explain', 'small', 10, 10, 1.5, 300, '" + at + "')";
    }

    @Test
    void an_investigation_has_thirty_cents_and_a_minute() {
        try (Session app = SKELDIR.appOf(tenant);
                Session superuser = SKELDIR.superuser()) {
            String running = one(
                    app, "insert into investigations (tenant_id, question) values ('%s', '?') returning id", tenant);
            assertThat(refusal(app, stepSql(running, "29.5"))).isEmpty();
            assertThat(refusal(app, stepSql(running, "0.5001")))
                    .startsWith("23514")
                    .contains("investigations_at_most_30_cents");
            assertThat(refusal(app, stepSql(running, "0.5"))).isEmpty();
            assertThat(one(app, "select cost_cents from investigations where id = '%s'", running))
                    .isEqualTo("30.0000");
            assertThat(refusal(app, "update investigations set cost_cents = 0")).startsWith("42501");

            assertThat(refusal(
                            app,
                            "update investigations set state = 'completed', finished_at = started_at + interval '60.1 s' where id = '"
                                    + running + "'"))
                    .startsWith("23514")
                    .contains("investigations_at_most_60_s");
            assertThat(refusal(
                            app,
                            "update investigations set state = 'completed', finished_at = started_at + interval '60 s' where id = '"
                                    + running + "'"))
                    .isEmpty();
            assertThat(refusal(app, stepSql(running, "0"))).contains("has ended or its minute is over");

            String old = one(
                    superuser,
                    "insert into investigations (tenant_id, question, started_at) values ('%s', '?', now() - interval '61 s')"
                            + " returning id",
                    tenant);
            assertThat(refusal(app, stepSql(old, "1"))).contains("has ended or its minute is over");
        }
    }

    private String stepSql(String investigation, String cents) {
        return "insert into investigation_tool_calls (tenant_id, investigation_id, tool, cost_cents) values ('" + tenant
                + "', '" + investigation + "', 'query_revenue', " + cents + ")";
    }

    @Test
    void a_channel_lives_from_draft_to_archive_and_on_whose_behalf_is_recorded() {
        String code = "channel_" + tenant.toString().substring(0, 8);
        String move = "update channel_taxonomy set state = '%s' where code = '" + code + "'";
        try (Session superuser = SKELDIR.superuser();
                Session operator = SKELDIR.as("skeldir_operator");
                Session app = SKELDIR.appOf(tenant)) {
            superuser.execute("insert into channel_taxonomy (code, family, display_name, is_paid, state) values ('"
                    + code + "', 'direct', 'New', false, 'draft')");
            assertThat(refusal(operator, move, "active")).contains("a channel changes on behalf of a tenant");
            operator.execute("set app.current_tenant_id = '" + tenant + "'");
            assertThat(refusal(operator, move, "deprecated")).contains("a channel cannot go from draft to deprecated");
            assertThat(refusal(operator, move, "active")).isEmpty();
            assertThat(refusal(operator, move, "deprecated")).isEmpty();
            assertThat(refusal(operator, move, "archived")).isEmpty();
            assertThat(refusal(operator, move, "active")).contains("a channel cannot go from archived to active");

            assertThat(all(
                            app,
                            "select from_state || ' ' || to_state from channel_state_transitions where channel_code = '%s'"
                                    + " order by transitioned_at",
                            code))
                    .containsExactly("draft active", "active deprecated", "deprecated archived");
        }
    }

    /** What another tenant has and what nobody has look alike. */
    @Test
    void a_reference_to_a_row_of_another_tenant_is_refused_like_one_to_no_row() {
        UUID foreign = SKELDIR.event(other, 100);
        UUID nobodys = UUID.randomUUID();
        try (Session app = SKELDIR.appOf(tenant)) {
            String known = refusal(app, allocationSql(tenant, foreign, "1", 100));
            String unknown = refusal(app, allocationSql(tenant, nobodys, "1", 100));
            assertThat(known).startsWith("23503").isEqualTo(unknown.replace(nobodys.toString(), foreign.toString()));

            String asOther = refusal(app, allocationSql(other, foreign, "1", 100));
            assertThat(asOther)
                    .isEqualTo(refusal(app, allocationSql(other, nobodys, "1", 100))
                            .replace(nobodys.toString(), foreign.toString()));
            assertThat(refusal(app, eventSql(other, "shopify", "a", "a", 5))).startsWith("42501");
            assertThat(refusal(
                            app,
                            eventSql(tenant, "shopify", "a", "a", 5)
                                    .replace("(tenant_id", "(id, tenant_id")
                                    .replace("values (", "values ('" + foreign + "', ")))
                    .as("nobody chooses an id")
                    .startsWith("42501");
        }
    }
}
