select run_id, state, last_run_at, finished_at, matched_entries, unmatched_entries, drift_cents
from reconciliation_status
where tenant_id = :tenant_id
