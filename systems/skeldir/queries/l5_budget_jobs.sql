select id, state, budget_cents, recommendation, created_at
from budget_optimization_jobs
where tenant_id = :tenant_id
order by created_at desc
limit 20
