set lock_timeout = '2s';

create table daily_usage_cache (
    date                   date        primary key,
    raw_data               jsonb       not null,
    aggregated_by_user     jsonb       not null,
    aggregated_by_model    jsonb       not null,
    aggregated_by_provider jsonb       not null,
    cached_at              timestamptz not null
);
comment on table daily_usage_cache is 'One row a day: the totals of its usage_records, by user, by model and by provider.';

create function usage_metrics(requests bigint, prompt_tokens numeric, completion_tokens numeric, cost numeric) returns jsonb
    language sql
    immutable
    parallel safe
    return jsonb_build_object(
        'totalRequests', requests,
        'totalTokens', prompt_tokens + completion_tokens,
        'promptTokens', prompt_tokens,
        'completionTokens', completion_tokens,
        'totalCost', cost);
comment on function usage_metrics(bigint, numeric, numeric, numeric) is 'The object that the cache has for a day, user, model or provider.';

create function usage_of_days(from_date date, to_date date)
    returns table (
        date                   date,
        raw_data               jsonb,
        aggregated_by_user     jsonb,
        aggregated_by_model    jsonb,
        aggregated_by_provider jsonb,
        cached_at              timestamptz)
    language sql
    stable
    begin atomic
        with used as materialized (
            select r.usage_date, r.user_id, r.model, m.provider, sum(r.requests) as requests,
                   sum(r.prompt_tokens) as prompt_tokens, sum(r.completion_tokens) as completion_tokens, sum(r.cost) as cost
            from usage_records as r
            join models as m on m.name = r.model
            where r.usage_date between from_date and to_date
            group by r.usage_date, r.user_id, r.model, m.provider
        ),
        by_user as (
            select usage_date, jsonb_object_agg(user_id, metrics) as document
            from (
                select usage_date, user_id,
                       usage_metrics(sum(requests)::bigint, sum(prompt_tokens), sum(completion_tokens), sum(cost)) as metrics
                from used
                group by usage_date, user_id
            ) as each
            group by usage_date
        ),
        by_model as (
            select usage_date, jsonb_object_agg(model, metrics) as document
            from (
                select usage_date, model,
                       usage_metrics(sum(requests)::bigint, sum(prompt_tokens), sum(completion_tokens), sum(cost)) as metrics
                from used
                group by usage_date, model
            ) as each
            group by usage_date
        ),
        by_provider as (
            select usage_date, jsonb_object_agg(provider, metrics) as document
            from (
                select usage_date, provider,
                       usage_metrics(sum(requests)::bigint, sum(prompt_tokens), sum(completion_tokens), sum(cost)) as metrics
                from used
                group by usage_date, provider
            ) as each
            group by usage_date
        ),
        totals as (
            select usage_date, usage_metrics(sum(requests)::bigint, sum(prompt_tokens), sum(completion_tokens), sum(cost)) as document
            from used
            group by usage_date
        )
        select t.usage_date, t.document, u.document, m.document, p.document,
               ((t.usage_date + 1) + time '02:00') at time zone 'UTC'
        from totals as t
        join by_user as u using (usage_date)
        join by_model as m using (usage_date)
        join by_provider as p using (usage_date);
    end;
comment on function usage_of_days(date, date) is
    'What the cache has to hold for the days of a period, both bounds included, that have records: cached at two the next night.';
