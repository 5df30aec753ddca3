select id, tenant_id, source, state, retry_count, ingested_at
from dead_events
where error_code = :error_code
order by ingested_at desc
limit 50
