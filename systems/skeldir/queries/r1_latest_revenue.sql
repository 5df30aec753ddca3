select id, order_id, amount_cents, currency, state, updated_at
from revenue_ledger
where tenant_id = :tenant_id
order by updated_at desc
limit 100
