select id
from attribution_events
where tenant_id = :tenant_id
  and correlation_id = :correlation_id
  and external_event_id is null
