select
    tenant_id, verified_revenue_cents, expected_revenue_cents, returned_revenue_cents, entry_count, last_entry_at
from mv_realtime_revenue
where tenant_id = :tenant_id
