select id, tenant_id, source, raw_payload, retry_count
from dead_events
where state = 'waiting'
  and next_retry_at <= :now
order by next_retry_at
limit 100
