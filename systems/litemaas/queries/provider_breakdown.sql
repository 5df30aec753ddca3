select e.key as provider,
       sum((e.value ->> 'totalRequests')::bigint) as total_requests,
       sum((e.value ->> 'totalTokens')::bigint) as total_tokens,
       sum((e.value ->> 'totalCost')::numeric) as total_cost
from daily_usage_cache as c
cross join lateral jsonb_each(c.aggregated_by_provider) as e (key, value)
where c.date between :from::date and :to::date
group by e.key
order by total_cost desc, provider
