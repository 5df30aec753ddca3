select
    event.id as event_id,
    allocation.model_version,
    abs(sum(allocation.allocated_revenue_cents)::bigint - event.conversion_value_cents) as drift_cents
from attribution_events as event
join attribution_allocations as allocation on allocation.event_id = event.id
where event.tenant_id = :tenant_id
group by event.id, allocation.model_version, event.conversion_value_cents
having abs(sum(allocation.allocated_revenue_cents)::bigint - event.conversion_value_cents) > 1
