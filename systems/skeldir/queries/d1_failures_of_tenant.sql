select id, source, error_code, state, retry_count, ingested_at
from dead_events
where tenant_id = :tenant_id
order by ingested_at desc
limit 50
