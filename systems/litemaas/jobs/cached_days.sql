-- What is in the cache, by digests: a year of documents is large.
select date, md5(raw_data::text) as raw_data, md5(aggregated_by_user::text) as by_user, md5(aggregated_by_model::text) as by_model,
       md5(aggregated_by_provider::text) as by_provider, cached_at
from daily_usage_cache
order by date
