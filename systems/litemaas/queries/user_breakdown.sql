-- The document's query, with jsonb_each where it can stand: in FROM.
with user_metrics as (
    select e.key as user_id,
           sum((e.value ->> 'totalRequests')::bigint) as total_requests,
           sum((e.value ->> 'totalTokens')::bigint) as total_tokens,
           sum((e.value ->> 'promptTokens')::bigint) as prompt_tokens,
           sum((e.value ->> 'completionTokens')::bigint) as completion_tokens,
           sum((e.value ->> 'totalCost')::numeric) as total_cost
    from daily_usage_cache as c
    cross join lateral jsonb_each(c.aggregated_by_user) as e (key, value)
    where c.date between :from::date and :to::date
    group by e.key
)
select m.user_id, coalesce(u.username, 'Unknown User') as username, u.email, u.role, m.total_requests, m.total_tokens,
       m.prompt_tokens, m.completion_tokens, m.total_cost
from user_metrics as m
left join users as u on u.id = m.user_id
order by m.total_cost desc, m.user_id
