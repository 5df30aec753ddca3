select id, tenant_id, last_run_at
from reconciliation_runs
where state = 'running'
order by last_run_at
