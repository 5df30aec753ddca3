-- LiteMaaS's index migration in the form of its optimization document: each build in a DO block behind a look at pg_indexes, and a
-- RAISE at the end. It cannot run; `pgattest lint` says why.

do $$
begin
    if not exists (
        select 1 from pg_indexes
        where schemaname = 'public' and tablename = 'daily_usage_cache' and indexname = 'idx_daily_usage_cache_date'
    ) then
        create index concurrently idx_daily_usage_cache_date on daily_usage_cache (date);
        raise notice 'created %', 'idx_daily_usage_cache_date';
    else
        raise notice '% is there already', 'idx_daily_usage_cache_date';
    end if;
end
$$;

do $$
begin
    if not exists (
        select 1 from pg_indexes
        where schemaname = 'public' and tablename = 'daily_usage_cache' and indexname = 'idx_daily_usage_cache_user_jsonb'
    ) then
        create index concurrently idx_daily_usage_cache_user_jsonb on daily_usage_cache using gin (aggregated_by_user);
        raise notice 'created %', 'idx_daily_usage_cache_user_jsonb';
    else
        raise notice '% is there already', 'idx_daily_usage_cache_user_jsonb';
    end if;
end
$$;

do $$
begin
    if not exists (
        select 1 from pg_indexes
        where schemaname = 'public' and tablename = 'daily_usage_cache' and indexname = 'idx_daily_usage_cache_model_jsonb'
    ) then
        create index concurrently idx_daily_usage_cache_model_jsonb on daily_usage_cache using gin (aggregated_by_model);
        raise notice 'created %', 'idx_daily_usage_cache_model_jsonb';
    else
        raise notice '% is there already', 'idx_daily_usage_cache_model_jsonb';
    end if;
end
$$;

do $$
begin
    if not exists (
        select 1 from pg_indexes
        where schemaname = 'public' and tablename = 'daily_usage_cache' and indexname = 'idx_daily_usage_cache_provider_jsonb'
    ) then
        create index concurrently idx_daily_usage_cache_provider_jsonb on daily_usage_cache using gin (aggregated_by_provider);
        raise notice 'created %', 'idx_daily_usage_cache_provider_jsonb';
    else
        raise notice '% is there already', 'idx_daily_usage_cache_provider_jsonb';
    end if;
end
$$;

do $$
begin
    if not exists (
        select 1 from pg_indexes
        where schemaname = 'public' and tablename = 'daily_usage_cache' and indexname = 'idx_daily_usage_cache_date_cached_at'
    ) then
        create index concurrently idx_daily_usage_cache_date_cached_at on daily_usage_cache (date, cached_at);
        raise notice 'created %', 'idx_daily_usage_cache_date_cached_at';
    else
        raise notice '% is there already', 'idx_daily_usage_cache_date_cached_at';
    end if;
end
$$;

analyze daily_usage_cache;

raise notice 'all indexes created and table analyzed';
