select endpoint, model, calls, input_tokens, output_tokens, cost_cents
from llm_monthly_costs
where tenant_id = :tenant_id
  and month = cast(:month as date)
