select model_version, event_value_cents, allocated_cents, allocation_count, drift_cents
from mv_allocation_summary
where tenant_id = :tenant_id
  and event_id = :event_id
