-- The document's containment search, for the days alone.
select date
from daily_usage_cache
where aggregated_by_user @> jsonb_build_object(:user_id::text, jsonb_build_object())
order by date
