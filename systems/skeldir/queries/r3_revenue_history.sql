select from_state, to_state, changed_by, reason, transitioned_at
from revenue_state_transitions
where tenant_id = :tenant_id
  and ledger_id = :ledger_id
order by transitioned_at
