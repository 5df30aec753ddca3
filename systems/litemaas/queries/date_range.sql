select date, raw_data, aggregated_by_user, aggregated_by_model, aggregated_by_provider
from daily_usage_cache
where date between :from::date and :to::date
order by date
