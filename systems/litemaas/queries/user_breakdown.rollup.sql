with user_metrics as (
    select user_id,
           sum(requests) as total_requests,
           sum(prompt_tokens + completion_tokens) as total_tokens,
           sum(prompt_tokens) as prompt_tokens,
           sum(completion_tokens) as completion_tokens,
           sum(cost) as total_cost
    from daily_user_usage
    where usage_date between :from::date and :to::date
    group by user_id
)
select m.user_id, coalesce(u.username, 'Unknown User') as username, u.email, u.role, m.total_requests, m.total_tokens,
       m.prompt_tokens, m.completion_tokens, m.total_cost
from user_metrics as m
left join users as u on u.id = m.user_id
order by m.total_cost desc, m.user_id
