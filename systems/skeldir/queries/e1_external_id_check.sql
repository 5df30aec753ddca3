select id
from attribution_events
where tenant_id = :tenant_id
  and source = :source
  and external_event_id = :external_event_id
