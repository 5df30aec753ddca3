select
    channel_taxonomy.family,
    sum(allocated_revenue_cents) as total_revenue,
    count(*) as allocation_count
from attribution_allocations
join channel_taxonomy on channel_taxonomy.code = attribution_allocations.channel_code
where tenant_id = :tenant_id
  and created_at between :from and :to
group by channel_taxonomy.family
