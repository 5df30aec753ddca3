-- The rollback of the same document: its last statement is PL/pgSQL outside of a block.
drop index concurrently if exists idx_daily_usage_cache_date;
drop index concurrently if exists idx_daily_usage_cache_user_jsonb;
drop index concurrently if exists idx_daily_usage_cache_model_jsonb;
drop index concurrently if exists idx_daily_usage_cache_provider_jsonb;
drop index concurrently if exists idx_daily_usage_cache_date_cached_at;

raise notice 'all indexes removed';
