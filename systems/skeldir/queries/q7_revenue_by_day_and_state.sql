select
    date_trunc('day', created_at) as ledger_day,
    state,
    sum(amount_cents) as total_amount,
    count(*) as entry_count
from revenue_ledger
where tenant_id = :tenant_id
  and created_at between :from and :to
group by date_trunc('day', created_at), state
