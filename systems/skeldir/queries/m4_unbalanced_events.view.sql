select event_id, model_version, drift_cents
from allocation_summary
where tenant_id = :tenant_id
  and drift_cents > 1
