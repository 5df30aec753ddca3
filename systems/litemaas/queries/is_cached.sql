select date, cached_at
from daily_usage_cache
where date = :date::date
