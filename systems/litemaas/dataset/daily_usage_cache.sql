-- What the application's cache holds after every day of the year was cached.
select date, raw_data, aggregated_by_user, aggregated_by_model, aggregated_by_provider, cached_at
from usage_of_days('2024-01-01', '2024-12-31')
order by date
