select id, endpoint, failure, response, created_at
from llm_validation_failures
where tenant_id = :tenant_id
order by created_at desc
limit 20
