select
    ledger.id,
    ledger.state,
    ledger.amount_cents,
    allocation.channel_code,
    allocation.confidence_score,
    event.event_type,
    event.event_timestamp
from revenue_ledger as ledger
left join attribution_allocations as allocation on allocation.id = ledger.allocation_id
left join attribution_events as event on event.id = allocation.event_id
where ledger.tenant_id = :tenant_id
  and ledger.order_id = :order_id
