select
    tenant_id,
    coalesce(sum(amount_cents) filter (where state in ('captured', 'settled')), 0) as verified_revenue_cents,
    coalesce(sum(amount_cents) filter (where state in ('pending', 'authorized')), 0) as expected_revenue_cents,
    coalesce(sum(amount_cents) filter (where state in ('refunded', 'chargeback')), 0) as returned_revenue_cents,
    count(*) as entry_count,
    max(updated_at) as last_entry_at
from revenue_ledger
where tenant_id = :tenant_id
group by tenant_id
