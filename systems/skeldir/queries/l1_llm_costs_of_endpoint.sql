select
    model,
    count(*) as calls,
    sum(input_tokens) as input_tokens,
    sum(output_tokens) as output_tokens,
    sum(cost_cents) as cost_cents
from llm_api_calls
where tenant_id = :tenant_id
  and endpoint = :endpoint
  and created_at between :from and :to
group by model
