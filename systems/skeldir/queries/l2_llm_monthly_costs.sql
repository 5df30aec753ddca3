select
    endpoint,
    model,
    count(*) as calls,
    sum(input_tokens) as input_tokens,
    sum(output_tokens) as output_tokens,
    sum(cost_cents) as cost_cents
from llm_api_calls
where tenant_id = :tenant_id
  and created_at >= cast(:month as date)::timestamp at time zone 'UTC'
  and created_at < (cast(:month as date)::timestamp + interval '1 month') at time zone 'UTC'
group by endpoint, model
