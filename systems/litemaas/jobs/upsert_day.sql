insert into daily_usage_cache (date, raw_data, aggregated_by_user, aggregated_by_model, aggregated_by_provider, cached_at)
values (:date::date, :raw_data::jsonb, :aggregated_by_user::jsonb, :aggregated_by_model::jsonb, :aggregated_by_provider::jsonb,
        :cached_at::timestamptz)
on conflict (date) do update
    set raw_data = excluded.raw_data,
        aggregated_by_user = excluded.aggregated_by_user,
        aggregated_by_model = excluded.aggregated_by_model,
        aggregated_by_provider = excluded.aggregated_by_provider,
        cached_at = excluded.cached_at
