select *
from attribution_events
where processing_status = 'pending'
order by event_timestamp
limit 500
