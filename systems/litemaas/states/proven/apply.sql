-- What the breakdown by user adds up, as columns: no document is opened for it.
set lock_timeout = '2s';
create table daily_user_usage (
    usage_date        date    not null,
    -- pgattest:allow foreign-key-without-index: users are never deleted
    user_id           text    not null references users (id),
    requests          bigint  not null,
    prompt_tokens     bigint  not null,
    completion_tokens bigint  not null,
    cost              numeric not null,
    constraint daily_user_usage_pkey primary key (usage_date, user_id)
);
comment on table daily_user_usage is
    'usage_records summed by day and user. Written with daily_usage_cache, by the same statement.';

insert into daily_user_usage (usage_date, user_id, requests, prompt_tokens, completion_tokens, cost)
select usage_date, user_id, sum(requests), sum(prompt_tokens), sum(completion_tokens), sum(cost)
from usage_records
group by usage_date, user_id
order by usage_date, user_id;
