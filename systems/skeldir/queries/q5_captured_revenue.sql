select
    tenant_id,
    sum(amount_cents) as total_revenue
from revenue_ledger
where tenant_id = :tenant_id
  and state = 'captured'
group by tenant_id
