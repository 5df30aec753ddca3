select e.key as model,
       sum((e.value ->> 'totalRequests')::bigint) as total_requests,
       sum((e.value ->> 'totalTokens')::bigint) as total_tokens,
       sum((e.value ->> 'totalCost')::numeric) as total_cost
from daily_usage_cache as c
cross join lateral jsonb_each(c.aggregated_by_model) as e (key, value)
where c.date between :from::date and :to::date
group by e.key
order by total_cost desc, model
