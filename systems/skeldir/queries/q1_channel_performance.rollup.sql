-- Whole UTC days that the rollup covers are read from it; what is left at both ends is aggregated from the allocations.
-- Each group is a day, and each day comes from one of the two, so nothing is merged.
with given as materialized (
    select
        cast(:from as timestamptz) as first_instant,
        -- between includes its upper bound, and a timestamptz counts microseconds
        cast(:to as timestamptz) + interval '1 microsecond' as end_instant,
        coalesce((select complete_before from channel_performance_coverage), '-infinity') as complete_before
),
period as materialized (
    select
        first_instant,
        end_instant,
        first_day,
        greatest(first_day, least((end_instant at time zone 'UTC')::date, complete_before)) as end_day
    from given
    cross join lateral (
        select ((first_instant at time zone 'UTC') + interval '1 day' - interval '1 microsecond')::date as first_day
    ) as rounded_up
)
select
    tenant_id,
    channel_code,
    day::timestamp at time zone 'UTC' as allocation_day,
    revenue_cents as total_revenue,
    ratio_sum / allocation_count as avg_allocation_ratio,
    event_count as conversion_count
from channel_performance
where tenant_id = :tenant_id
  and day >= (select first_day from period)
  and day < (select end_day from period)
union all
select tenant_id, channel_code, allocation_day, total_revenue, avg_allocation_ratio, conversion_count
from period
cross join lateral (
    values
        (first_instant, least(first_day::timestamp at time zone 'UTC', end_instant)),
        (end_day::timestamp at time zone 'UTC', end_instant)
) as edge (edge_from, edge_end)
-- Aggregated inside, once for each end: a plain join may read all the tenant's rows and only then compare instants.
cross join lateral (
    select
        tenant_id,
        channel_code,
        date_trunc('day', created_at, 'UTC') as allocation_day,
        sum(allocated_revenue_cents) as total_revenue,
        avg(allocation_ratio) as avg_allocation_ratio,
        count(distinct event_id) as conversion_count
    from attribution_allocations
    where tenant_id = :tenant_id
      and created_at >= edge_from
      and created_at < edge_end
    group by tenant_id, channel_code, date_trunc('day', created_at, 'UTC')
) as edge_days
