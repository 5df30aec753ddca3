select id as run_id, state, last_run_at, finished_at, matched_entries, unmatched_entries, drift_cents
from reconciliation_runs
where tenant_id = :tenant_id
order by last_run_at desc, id
limit 1
