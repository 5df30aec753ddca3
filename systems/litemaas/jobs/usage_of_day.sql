-- A day's row of the cache on its way to the application.
select date, raw_data, aggregated_by_user, aggregated_by_model, aggregated_by_provider, cached_at
from usage_of_days(:date::date, :date::date)
