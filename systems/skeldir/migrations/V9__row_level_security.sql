-- FORCE makes the owner of a table obey its policies. It does not hold back superusers and roles with BYPASSRLS, so
-- neither the application nor a worker may be one.
--
-- Permissive policies that apply to one role are OR-ed. Each policy therefore names its role: what the worker sees across
-- tenants never widens what the application sees. Without app.current_tenant_id the application's statements fail.
-- Three tables are written by triggers with their owner's rights; their policies name no role, so that they bind the owner too.
--
-- The application cannot choose an id: whether a chosen one is refused would tell it that another tenant has it.
-- llm_validation_failures has neither row-level security nor, therefore, a policy: the document forgot it.

grant select, insert (tenant_id, session_id, source, external_event_id, correlation_id, idempotency_key, event_type, channel,
                      conversion_value_cents, currency, event_timestamp, raw_payload)
    on attribution_events to skeldir_app;
-- Who may update a column may lock the row, which the rule that allocations add up does.
grant update (updated_at) on attribution_events to skeldir_app;

-- created_at is left out: it is the time of writing, which the rollup of the proven state relies on.
grant select, insert (tenant_id, event_id, channel_code, allocation_ratio, allocated_revenue_cents, model_type, model_version,
                      confidence_score, model_metadata)
    on attribution_allocations to skeldir_app;

grant select, update (state, updated_at),
      insert (tenant_id, allocation_id, order_id, amount_cents, currency, original_amount_cents, original_currency,
              exchange_rate, state)
    on revenue_ledger to skeldir_app;

grant select, insert (tenant_id, source, error_code, error_detail, raw_payload, next_retry_at) on dead_events to skeldir_app;
grant select, insert (tenant_id, state, finished_at, matched_entries, unmatched_entries, drift_cents, run_metadata)
    on reconciliation_runs to skeldir_app;

grant select on revenue_state_transitions, channel_state_transitions, pii_audit_findings to skeldir_app;
grant select, insert (tenant_id, event_id, from_channel, to_channel, corrected_by, reason)
    on channel_assignment_corrections to skeldir_app;

grant select, insert (tenant_id, endpoint, model, input_tokens, output_tokens, cost_cents, latency_ms)
    on llm_api_calls to skeldir_app;
grant select on llm_monthly_costs to skeldir_app;
-- Not the cost: the trigger of investigation_tool_calls adds it up.
grant select, insert (tenant_id, question), update (state, answer, finished_at) on investigations to skeldir_app;
grant select, insert (tenant_id, investigation_id, tool, arguments, cost_cents) on investigation_tool_calls to skeldir_app;
grant select, insert, update, delete on explanation_cache to skeldir_app;
grant select, insert (tenant_id, budget_cents), update (state, recommendation, finished_at)
    on budget_optimization_jobs to skeldir_app;
grant select, insert (tenant_id, endpoint, failure, response) on llm_validation_failures to skeldir_app;

set lock_timeout = '2s';

alter table attribution_events enable row level security;
alter table attribution_events force row level security;
create policy tenant_isolation_policy on attribution_events
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table attribution_allocations enable row level security;
alter table attribution_allocations force row level security;
create policy tenant_isolation_policy on attribution_allocations
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table revenue_ledger enable row level security;
alter table revenue_ledger force row level security;
create policy tenant_isolation_policy on revenue_ledger
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table dead_events enable row level security;
alter table dead_events force row level security;
create policy tenant_isolation_policy on dead_events
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table reconciliation_runs enable row level security;
alter table reconciliation_runs force row level security;
create policy tenant_isolation_policy on reconciliation_runs
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table revenue_state_transitions enable row level security;
alter table revenue_state_transitions force row level security;
create policy tenant_isolation_policy on revenue_state_transitions
    for all
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table channel_state_transitions enable row level security;
alter table channel_state_transitions force row level security;
create policy tenant_isolation_policy on channel_state_transitions
    for all
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table channel_assignment_corrections enable row level security;
alter table channel_assignment_corrections force row level security;
create policy tenant_isolation_policy on channel_assignment_corrections
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table pii_audit_findings enable row level security;
alter table pii_audit_findings force row level security;
create policy tenant_isolation_policy on pii_audit_findings
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table llm_api_calls enable row level security;
alter table llm_api_calls force row level security;
create policy tenant_isolation_policy on llm_api_calls
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table llm_monthly_costs enable row level security;
alter table llm_monthly_costs force row level security;
create policy tenant_isolation_policy on llm_monthly_costs
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table investigations enable row level security;
alter table investigations force row level security;
create policy tenant_isolation_policy on investigations
    for all
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table investigation_tool_calls enable row level security;
alter table investigation_tool_calls force row level security;
create policy tenant_isolation_policy on investigation_tool_calls
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table explanation_cache enable row level security;
alter table explanation_cache force row level security;
create policy tenant_isolation_policy on explanation_cache
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table budget_optimization_jobs enable row level security;
alter table budget_optimization_jobs force row level security;
create policy tenant_isolation_policy on budget_optimization_jobs
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

-- The worker serves every tenant. It sees the work that waits or is under way, and what it claimed itself; an UPDATE has
-- to leave rows that the worker still sees, so without the last part it could never mark an event as processed.
grant select, update (processing_status, retry_count, claimed_by, claimed_at, processed_at, updated_at)
    on attribution_events to skeldir_worker;

create policy worker_read_policy on attribution_events
    for select to skeldir_worker
    using (processing_status in ('pending', 'processing')
           or claimed_by = current_setting('app.worker_id', true));
create policy worker_claim_policy on attribution_events
    for update to skeldir_worker
    using (processing_status in ('pending', 'processing'))
    with check (processing_status = 'pending' or claimed_by = current_setting('app.worker_id', true));

grant select, update (state, retry_count, last_retried_at, next_retry_at) on dead_events to skeldir_worker;
create policy worker_retry_policy on dead_events for all to skeldir_worker using (true) with check (true);

-- Who keeps the system running reads failures and runs of all tenants, and none of their events and money.
grant select on dead_events, reconciliation_runs to skeldir_operator;
create policy operator_read_policy on dead_events for select to skeldir_operator using (true);
create policy operator_read_policy on reconciliation_runs for select to skeldir_operator using (true);

grant select on attribution_events, dead_events, investigation_tool_calls, llm_validation_failures to skeldir_privacy;
grant select, insert (tenant_id, table_name, column_name, record_id, pii_key) on pii_audit_findings to skeldir_privacy;
create policy privacy_read_policy on attribution_events for select to skeldir_privacy using (true);
create policy privacy_read_policy on dead_events for select to skeldir_privacy using (true);
create policy privacy_read_policy on investigation_tool_calls for select to skeldir_privacy using (true);
create policy privacy_write_policy on pii_audit_findings for all to skeldir_privacy using (true) with check (true);

grant select on attribution_events, attribution_allocations, revenue_ledger, reconciliation_runs, llm_api_calls to skeldir_rollup;
grant select, insert, update on llm_monthly_costs to skeldir_rollup;
create policy rollup_read_policy on attribution_events for select to skeldir_rollup using (true);
create policy rollup_read_policy on attribution_allocations for select to skeldir_rollup using (true);
create policy rollup_read_policy on revenue_ledger for select to skeldir_rollup using (true);
create policy rollup_read_policy on reconciliation_runs for select to skeldir_rollup using (true);
create policy rollup_read_policy on llm_api_calls for select to skeldir_rollup using (true);
create policy rollup_write_policy on llm_monthly_costs for all to skeldir_rollup using (true) with check (true);
