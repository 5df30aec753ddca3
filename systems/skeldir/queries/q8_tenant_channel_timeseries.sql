select
    id,
    event_type,
    channel,
    conversion_value_cents,
    event_timestamp
from attribution_events
where tenant_id = :tenant_id
  and channel = :channel
order by event_timestamp desc
limit 100
