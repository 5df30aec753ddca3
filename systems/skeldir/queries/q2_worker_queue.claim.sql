-- Materialized, because a subquery that locks must run once: as the inner side of a join it would claim more than 500.
with next_events as materialized (
    select id
    from attribution_events
    where processing_status = 'pending'
    order by event_timestamp
    limit 500
    for update skip locked
)
update attribution_events as event
set processing_status = 'processing',
    claimed_by = current_setting('app.worker_id'),
    claimed_at = now(),
    updated_at = now()
from next_events
where event.id = next_events.id
returning event.*
