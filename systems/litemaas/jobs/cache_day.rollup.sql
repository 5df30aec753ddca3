-- Last night's day, with its rows of the rollup.
with rolled_up as (
    insert into daily_user_usage (usage_date, user_id, requests, prompt_tokens, completion_tokens, cost)
    select usage_date, user_id, sum(requests), sum(prompt_tokens), sum(completion_tokens), sum(cost)
    from usage_records
    where usage_date = :date::date
    group by usage_date, user_id
    order by usage_date, user_id
    on conflict (usage_date, user_id) do update
        set requests = excluded.requests,
            prompt_tokens = excluded.prompt_tokens,
            completion_tokens = excluded.completion_tokens,
            cost = excluded.cost
)
insert into daily_usage_cache (date, raw_data, aggregated_by_user, aggregated_by_model, aggregated_by_provider, cached_at)
select date, raw_data, aggregated_by_user, aggregated_by_model, aggregated_by_provider, cached_at
from usage_of_days(:date::date, :date::date)
order by date
on conflict (date) do update
    set raw_data = excluded.raw_data,
        aggregated_by_user = excluded.aggregated_by_user,
        aggregated_by_model = excluded.aggregated_by_model,
        aggregated_by_provider = excluded.aggregated_by_provider,
        cached_at = excluded.cached_at
