select channel_code, model_type, model_version, allocation_ratio, allocated_revenue_cents, confidence_score
from attribution_allocations
where tenant_id = :tenant_id
  and event_id = :event_id
order by model_version, allocated_revenue_cents desc, channel_code
