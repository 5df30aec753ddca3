-- As in Q1: whole UTC days from the rollup, the ends of the period from the allocations. Sums and counts can be added up.
with given as materialized (
    select
        cast(:from as timestamptz) as first_instant,
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
),
part as (
    select channel_code, revenue_cents, allocation_count
    from channel_performance
    where tenant_id = :tenant_id
      and day >= (select first_day from period)
      and day < (select end_day from period)
    union all
    select channel_code, revenue_cents, allocation_count
    from period
    cross join lateral (
        values
            (first_instant, least(first_day::timestamp at time zone 'UTC', end_instant)),
            (end_day::timestamp at time zone 'UTC', end_instant)
    ) as edge (edge_from, edge_end)
    cross join lateral (
        select channel_code, sum(allocated_revenue_cents) as revenue_cents, count(*) as allocation_count
        from attribution_allocations
        where tenant_id = :tenant_id
          and created_at >= edge_from
          and created_at < edge_end
        group by channel_code
    ) as edge_channels
)
select
    channel_taxonomy.family,
    sum(revenue_cents) as total_revenue,
    sum(allocation_count)::bigint as allocation_count
from part
join channel_taxonomy on channel_taxonomy.code = part.channel_code
group by channel_taxonomy.family
