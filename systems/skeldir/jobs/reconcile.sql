insert into reconciliation_runs (tenant_id, state, finished_at, matched_entries, unmatched_entries, drift_cents)
select
    :tenant_id,
    'completed',
    clock_timestamp(),
    count(allocation.id),
    count(*) filter (where allocation.id is null),
    coalesce(sum(abs(ledger.amount_cents - allocation.allocated_revenue_cents)), 0)
from revenue_ledger as ledger
left join attribution_allocations as allocation on allocation.id = ledger.allocation_id
where ledger.tenant_id = :tenant_id
  and ledger.updated_at >= :from
returning id
