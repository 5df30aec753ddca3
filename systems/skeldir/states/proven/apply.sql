-- 1. Q5 without heap visits: state is constant inside the partial index, the amount is what the query needs.
create index concurrently idx_revenue_ledger_tenant_captured on revenue_ledger (tenant_id) include (amount_cents)
    where state = 'captured';
comment on index idx_revenue_ledger_tenant_captured is 'Serves Q5 by an index-only scan.';

-- 2. No query of the workload reads this one.
drop index concurrently idx_attribution_allocations_channel;

-- 3. One UTC day of all tenants, for the refresh of the rollup below. Rows come in time order, which is all that BRIN needs.
create index concurrently idx_attribution_allocations_created_at_brin on attribution_allocations
    using brin (created_at) with (autosummarize = on);
comment on index idx_attribution_allocations_created_at_brin is
    'Serves refresh_channel_performance_daily(): the allocations of a day, whatever their tenant.';

-- 4. Two sources may use the same id: an order 1001 of one must not keep that of another out. What must be unique includes the source.
-- pgattest:allow unique-index-on-existing-table: the index that it replaces is unique in fewer columns
create unique index concurrently idx_attribution_events_tenant_source_external_event_id
    on attribution_events (tenant_id, source, external_event_id) where external_event_id is not null;
comment on index idx_attribution_events_tenant_source_external_event_id is
    'Serves E1 and lets an id be used once a tenant and source.';
drop index concurrently idx_attribution_events_tenant_external_event_id;

-- 5. Failures are read newest first. A source or a kind of error alone finds half of the table, which then has to be sorted.
create index concurrently idx_dead_events_source_ingested_at on dead_events (source, ingested_at desc);
comment on index idx_dead_events_source_ingested_at is 'Serves D2, the latest failures of a source.';
create index concurrently idx_dead_events_error_code_ingested_at on dead_events (error_code, ingested_at desc);
comment on index idx_dead_events_error_code_ingested_at is 'Serves D3, the latest failures of a kind.';
drop index concurrently idx_dead_events_source;
drop index concurrently idx_dead_events_error_code;

-- 6. Revenue is matched by the order.
create index concurrently idx_revenue_ledger_tenant_order_id on revenue_ledger (tenant_id, order_id);
comment on index idx_revenue_ledger_tenant_order_id is 'Serves R2: what became of an order.';

-- 7. Q1 and Q6 from a rollup. Its key is what Q1 groups by, so the distinct count is exact too; a numeric sum divided by
-- its count has the digits that avg() gives.
set lock_timeout = '2s';
create table channel_performance_daily (
    tenant_id        uuid    not null references tenants (id) on delete cascade,
    day              date    not null,
    -- pgattest:allow foreign-key-without-index: channels are reference data and are never deleted
    channel_code     text    not null references channel_taxonomy (code),
    revenue_cents    numeric not null,
    ratio_sum        numeric not null,
    allocation_count bigint  not null,
    event_count      bigint  not null,
    constraint channel_performance_daily_pkey primary key (tenant_id, day, channel_code),
    constraint channel_performance_daily_counts check (event_count between 1 and allocation_count)
);
comment on table channel_performance_daily is
    'Allocations summed by tenant, UTC day and channel. Written only by refresh_channel_performance_daily().';
comment on column channel_performance_daily.event_count is 'Distinct events of the tenant, day and channel; not additive.';

-- One row. Holds no tenant's data, therefore no row-level security.
create table channel_performance_coverage (
    only_row        boolean primary key default true,
    complete_before date    not null,
    constraint channel_performance_coverage_one_row check (only_row)
);
comment on column channel_performance_coverage.complete_before is
    'Every UTC day before this one is in the rollup; later days are read from attribution_allocations.';

-- The view below reads the table with its owner's rights, so the policy names no role: an owner that is no superuser is held
-- to it. For an owner that is one, the view filters again.
alter table channel_performance_daily enable row level security;
alter table channel_performance_daily force row level security;
create policy tenant_isolation_policy on channel_performance_daily
    for select
    using (tenant_id = current_setting('app.current_tenant_id')::uuid);

create view channel_performance with (security_barrier) as
    select tenant_id, day, channel_code, revenue_cents, ratio_sum, allocation_count, event_count
    from channel_performance_daily
    where tenant_id = current_setting('app.current_tenant_id')::uuid;
comment on view channel_performance is 'The rollup of the current tenant; the application has no right on the table itself.';

grant select on channel_performance, channel_performance_coverage to skeldir_app;

-- The role of the scheduled refresh reads every tenant's allocations already.
grant select, insert, delete on channel_performance_daily to skeldir_rollup;
grant select, insert, update on channel_performance_coverage to skeldir_rollup;

create policy rollup_write_policy on channel_performance_daily for all to skeldir_rollup using (true) with check (true);

create function refresh_channel_performance_daily(from_day date, to_day date) returns bigint
    language plpgsql
    set search_path = public, pg_temp
    set timezone = 'UTC'
as $$
declare
    today        date   := current_date;
    this_day     date;
    day_rows     bigint;
    rows_written bigint := 0;
begin
    if from_day is null or to_day is null or from_day > to_day then
        raise exception 'cannot refresh from % to %', from_day, to_day
            using hint = 'Give two days, the first not after the second.';
    end if;

    -- Two refreshes of one day would collide on its keys; readers go on with the rows of before.
    lock table channel_performance_coverage in exclusive mode;

    for offset_days in 0 .. to_day - from_day loop
        this_day := from_day + offset_days;
        delete from channel_performance_daily where day = this_day;
        insert into channel_performance_daily
            (tenant_id, day, channel_code, revenue_cents, ratio_sum, allocation_count, event_count)
        select tenant_id, this_day, channel_code,
               sum(allocated_revenue_cents), sum(allocation_ratio), count(*), count(distinct event_id)
        from attribution_allocations
        where created_at >= this_day::timestamptz and created_at < (this_day + 1)::timestamptz
        group by tenant_id, channel_code
        order by tenant_id, channel_code;
        get diagnostics day_rows = row_count;
        rows_written := rows_written + day_rows;
    end loop;

    -- Coverage has no gaps: the first refresh has to begin at the oldest allocation, later ones where it ends or before.
    -- A day that is not over is never covered.
    if not exists (select from channel_performance_coverage) then
        if exists (select from attribution_allocations where created_at < from_day::timestamptz) then
            raise exception 'the first refresh begins on %, but there are older allocations', from_day
                using hint = 'Begin at the UTC day of the oldest allocation.';
        end if;
        insert into channel_performance_coverage (complete_before) values (least(to_day + 1, today));
    else
        update channel_performance_coverage
        set complete_before = least(to_day + 1, today)
        where complete_before between from_day and least(to_day, today - 1);
    end if;
    return rows_written;
end
$$;
comment on function refresh_channel_performance_daily(date, date) is
    'Rebuilds whole UTC days of channel_performance_daily, both bounds included, and returns the rows written.';
revoke execute on function refresh_channel_performance_daily(date, date) from public;
grant execute on function refresh_channel_performance_daily(date, date) to skeldir_rollup;

-- 8. Fill it as the role that keeps it: an owner who is no superuser would see no allocations, because of FORCE.
set role skeldir_rollup;
select refresh_channel_performance_daily(
    coalesce(min(created_at at time zone 'UTC')::date, date '2024-01-01'),
    coalesce(max(created_at at time zone 'UTC')::date, date '2024-01-01'))
from attribution_allocations;
select roll_up_llm_costs(month::date)
from generate_series(
    (select date_trunc('month', min(created_at), 'UTC') from llm_api_calls),
    (select max(created_at) from llm_api_calls),
    interval '1 month') as month;
reset role;

-- 9. The table that the document left without row-level security.
alter table llm_validation_failures enable row level security;
alter table llm_validation_failures force row level security;
create policy tenant_isolation_policy on llm_validation_failures
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);
create policy privacy_read_policy on llm_validation_failures for select to skeldir_privacy using (true);

-- 10. A tenant reads its own name and not the list of all customers. Not forced: the owner's rules look for the tenant of a row.
alter table tenants enable row level security;
create policy own_row_policy on tenants for select to skeldir_app
    using (id = current_setting('app.current_tenant_id')::uuid);
create policy gateway_read_policy on tenants for select to skeldir_gateway using (true);
create policy operator_read_policy on tenants for select to skeldir_operator using (true);

-- 11. Materialized views have no row-level security: nobody reads them but their owner, and views that know the tenant. The rollup has
-- what mv_channel_performance had, and rebuilds days where that rebuilds everything.
grant create on schema public to skeldir_rollup;
set role skeldir_rollup;
revoke select on mv_realtime_revenue, mv_reconciliation_status, mv_allocation_summary from skeldir_app;
drop materialized view mv_channel_performance;

create view realtime_revenue with (security_barrier) as
    select tenant_id, verified_revenue_cents, expected_revenue_cents, returned_revenue_cents, entry_count, last_entry_at
    from mv_realtime_revenue
    where tenant_id = current_setting('app.current_tenant_id')::uuid;
create view reconciliation_status with (security_barrier) as
    select tenant_id, run_id, state, last_run_at, finished_at, matched_entries, unmatched_entries, drift_cents
    from mv_reconciliation_status
    where tenant_id = current_setting('app.current_tenant_id')::uuid;
create view allocation_summary with (security_barrier) as
    select tenant_id, event_id, model_version, event_value_cents, allocated_cents, allocation_count, drift_cents
    from mv_allocation_summary
    where tenant_id = current_setting('app.current_tenant_id')::uuid;
grant select on realtime_revenue, reconciliation_status, allocation_summary to skeldir_app;
reset role;
revoke create on schema public from skeldir_rollup;

analyze llm_monthly_costs;
analyze channel_performance_daily;
analyze channel_performance_coverage;
