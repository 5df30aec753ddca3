select 1
from attribution_events
where tenant_id = :tenant_id
  and idempotency_key = :idempotency_key
