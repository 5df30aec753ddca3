-- A materialized view has no row-level security: whoever may read one reads every tenant's rows. The grants below are the
-- document's; the proven state takes them back and lets the application read through views that know the tenant.
--
-- The views belong to skeldir_rollup, which may read all rows. As the owner of the tables, who is bound by FORCE, a refresh would
-- find none.
-- pgattest:allow-file materialized-view-exposes-rls-table: as the documents have it; the proven state closes it
set lock_timeout = '2s';

create materialized view mv_realtime_revenue as
    select
        tenant_id,
        coalesce(sum(amount_cents) filter (where state in ('captured', 'settled')), 0) as verified_revenue_cents,
        coalesce(sum(amount_cents) filter (where state in ('pending', 'authorized')), 0) as expected_revenue_cents,
        coalesce(sum(amount_cents) filter (where state in ('refunded', 'chargeback')), 0) as returned_revenue_cents,
        count(*) as entry_count,
        max(updated_at) as last_entry_at
    from revenue_ledger
    group by tenant_id;
create unique index idx_mv_realtime_revenue_tenant_id on mv_realtime_revenue (tenant_id);
comment on index idx_mv_realtime_revenue_tenant_id is 'Needed for REFRESH CONCURRENTLY: a tenant has one row.';

create materialized view mv_reconciliation_status as
    select distinct on (tenant_id)
        tenant_id, id as run_id, state, last_run_at, finished_at, matched_entries, unmatched_entries, drift_cents
    from reconciliation_runs
    order by tenant_id, last_run_at desc, id;
create unique index idx_mv_reconciliation_status_tenant_id on mv_reconciliation_status (tenant_id);
comment on index idx_mv_reconciliation_status_tenant_id is 'Needed for REFRESH CONCURRENTLY: a tenant has one row.';

create materialized view mv_allocation_summary as
    select
        event.tenant_id,
        event.id as event_id,
        allocation.model_version,
        event.conversion_value_cents as event_value_cents,
        allocation.allocated_cents,
        allocation.allocation_count,
        abs(allocation.allocated_cents - event.conversion_value_cents) as drift_cents
    from (
        select event_id, model_version, sum(allocated_revenue_cents)::bigint as allocated_cents, count(*)::integer as allocation_count
        from attribution_allocations
        group by event_id, model_version
    ) as allocation
    join attribution_events as event on event.id = allocation.event_id;
create unique index idx_mv_allocation_summary_key on mv_allocation_summary (tenant_id, event_id, model_version);
comment on index idx_mv_allocation_summary_key is 'Serves M3, and REFRESH CONCURRENTLY: an event and model version has one row.';
create index idx_mv_allocation_summary_drift on mv_allocation_summary (drift_cents) where drift_cents > 1;
comment on index idx_mv_allocation_summary_drift is 'Serves M4: the events whose allocations do not add up, of which there should be none.';

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

grant select on mv_realtime_revenue, mv_reconciliation_status, mv_allocation_summary, mv_channel_performance to skeldir_app;

grant create on schema public to skeldir_rollup;
alter materialized view mv_realtime_revenue owner to skeldir_rollup;
alter materialized view mv_reconciliation_status owner to skeldir_rollup;
alter materialized view mv_allocation_summary owner to skeldir_rollup;
alter materialized view mv_channel_performance owner to skeldir_rollup;
revoke create on schema public from skeldir_rollup;

-- Readers go on with the rows of before. Each minute, by skeldir_rollup, which owns the views.
create function refresh_revenue_status() returns void
    language plpgsql
    set search_path = public, pg_temp
as $$
begin
    refresh materialized view concurrently mv_realtime_revenue;
    refresh materialized view concurrently mv_reconciliation_status;
end
$$;
comment on function refresh_revenue_status() is 'Refreshes the two views that have a row a tenant.';
revoke execute on function refresh_revenue_status() from public;
grant execute on function refresh_revenue_status() to skeldir_rollup;
