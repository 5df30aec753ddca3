-- Nothing leaves the server.
insert into daily_usage_cache (date, raw_data, aggregated_by_user, aggregated_by_model, aggregated_by_provider, cached_at)
select date, raw_data, aggregated_by_user, aggregated_by_model, aggregated_by_provider, cached_at
from usage_of_days(:from::date, :to::date)
order by date
on conflict (date) do update
    set raw_data = excluded.raw_data,
        aggregated_by_user = excluded.aggregated_by_user,
        aggregated_by_model = excluded.aggregated_by_model,
        aggregated_by_provider = excluded.aggregated_by_provider,
        cached_at = excluded.cached_at
