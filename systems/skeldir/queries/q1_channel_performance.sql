select
    tenant_id,
    channel_code,
    date_trunc('day', created_at) as allocation_day,
    sum(allocated_revenue_cents) as total_revenue,
    avg(allocation_ratio) as avg_allocation_ratio,
    count(distinct event_id) as conversion_count
from attribution_allocations
where tenant_id = :tenant_id
  and created_at between :from and :to
group by tenant_id, channel_code, date_trunc('day', created_at)
