select
    allocation.model_version,
    event.conversion_value_cents as event_value_cents,
    sum(allocation.allocated_revenue_cents)::bigint as allocated_cents,
    count(*)::integer as allocation_count,
    abs(sum(allocation.allocated_revenue_cents)::bigint - event.conversion_value_cents) as drift_cents
from attribution_events as event
join attribution_allocations as allocation on allocation.event_id = event.id
where event.tenant_id = :tenant_id
  and event.id = :event_id
group by allocation.model_version, event.conversion_value_cents
