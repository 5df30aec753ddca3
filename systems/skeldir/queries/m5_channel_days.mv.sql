select day, channel_code, revenue_cents, allocation_count, event_count
from mv_channel_performance
where tenant_id = :tenant_id
  and day >= cast(:first_day as date)
  and day < cast(:end_day as date)
