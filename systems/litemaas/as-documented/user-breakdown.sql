-- The optimized breakdown by user, as its document writes it but for the columns that are added up in the same way. It parses and cannot run:
-- jsonb_each in the select list gives a record, which ->> does not take.
with user_metrics as (
    select user_key as user_id,
           sum((user_data ->> 'totalRequests')::int) as total_requests,
           sum((user_data ->> 'totalCost')::numeric) as total_cost
    from (
        select jsonb_object_keys(aggregated_by_user) as user_key,
               jsonb_each(aggregated_by_user) as user_data
        from daily_usage_cache
        where date between '2024-01-01' and '2024-03-31'
    ) as expanded
    group by user_key
)
select um.user_id, coalesce(u.username, 'Unknown User') as username, u.email, u.role, um.total_requests, um.total_cost
from user_metrics as um
left join users as u on u.id = um.user_id
order by um.total_cost desc;
