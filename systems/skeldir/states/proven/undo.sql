drop index concurrently idx_attribution_allocations_created_at_brin;
create index concurrently idx_attribution_allocations_channel on attribution_allocations (channel_code);
comment on index idx_attribution_allocations_channel is 'Meant for channel performance queries.';
drop index concurrently idx_revenue_ledger_tenant_captured;
drop index concurrently idx_revenue_ledger_tenant_order_id;

create index concurrently idx_dead_events_source on dead_events (source);
comment on index idx_dead_events_source is 'Meant for the failures of a source.';
create index concurrently idx_dead_events_error_code on dead_events (error_code);
comment on index idx_dead_events_error_code is 'Meant for the failures of a kind.';
drop index concurrently idx_dead_events_source_ingested_at;
drop index concurrently idx_dead_events_error_code_ingested_at;

-- pgattest:allow unique-index-on-existing-table: fails where two sources have used the same id since, which the newer index allows
create unique index concurrently idx_attribution_events_tenant_external_event_id on attribution_events (tenant_id, external_event_id)
    where external_event_id is not null;
comment on index idx_attribution_events_tenant_external_event_id is
    'Lets an id of a source be used once a tenant, whichever of its sources gave it.';
drop index concurrently idx_attribution_events_tenant_source_external_event_id;

set lock_timeout = '2s';
-- By the role that owns the views and may read all rows.
grant create on schema public to skeldir_rollup;
set role skeldir_rollup;
drop view realtime_revenue;
drop view reconciliation_status;
drop view allocation_summary;
grant select on mv_realtime_revenue, mv_reconciliation_status, mv_allocation_summary to skeldir_app;

create materialized view mv_channel_performance as
    select
        tenant_id,
        (created_at at time zone 'UTC')::date as day,
        channel_code,
        sum(allocated_revenue_cents) as revenue_cents,
        count(*) as allocation_count,
        count(distinct event_id) as event_count
    from attribution_allocations
    group by tenant_id, (created_at at time zone 'UTC')::date, channel_code;
create unique index idx_mv_channel_performance_key on mv_channel_performance (tenant_id, day, channel_code);
comment on index idx_mv_channel_performance_key is 'Serves M5, and REFRESH CONCURRENTLY: a tenant, day and channel has one row.';
grant select on mv_channel_performance to skeldir_app;
reset role;
revoke create on schema public from skeldir_rollup;

drop policy operator_read_policy on tenants;
drop policy gateway_read_policy on tenants;
drop policy own_row_policy on tenants;
alter table tenants disable row level security;

drop policy privacy_read_policy on llm_validation_failures;
drop policy tenant_isolation_policy on llm_validation_failures;
alter table llm_validation_failures no force row level security;
alter table llm_validation_failures disable row level security;

-- llm_monthly_costs keeps its rows: they are right in every state.
drop function refresh_channel_performance_daily(date, date);
drop view channel_performance;
drop table channel_performance_coverage;
drop table channel_performance_daily;
