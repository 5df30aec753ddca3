select id, tenant_id, error_code, state, retry_count, ingested_at
from dead_events
where source = :source
order by ingested_at desc
limit 50
