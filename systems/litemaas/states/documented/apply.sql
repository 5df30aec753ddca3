-- The five definitions of the optimization document, as statements that can run (as-documented/ has the migration as it is written).
-- pgattest:allow redundant-index: the state is what the document writes
create index concurrently idx_daily_usage_cache_date on daily_usage_cache (date);
create index concurrently idx_daily_usage_cache_user_jsonb on daily_usage_cache using gin (aggregated_by_user);
create index concurrently idx_daily_usage_cache_model_jsonb on daily_usage_cache using gin (aggregated_by_model);
create index concurrently idx_daily_usage_cache_provider_jsonb on daily_usage_cache using gin (aggregated_by_provider);
create index concurrently idx_daily_usage_cache_date_cached_at on daily_usage_cache (date, cached_at);
