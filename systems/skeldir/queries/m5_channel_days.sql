select
    (created_at at time zone 'UTC')::date as day,
    channel_code,
    sum(allocated_revenue_cents) as revenue_cents,
    count(*) as allocation_count,
    count(distinct event_id) as event_count
from attribution_allocations
where tenant_id = :tenant_id
  and created_at >= cast(:first_day as date)::timestamp at time zone 'UTC'
  and created_at < cast(:end_day as date)::timestamp at time zone 'UTC'
group by (created_at at time zone 'UTC')::date, channel_code
