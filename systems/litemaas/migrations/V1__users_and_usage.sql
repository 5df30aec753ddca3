set lock_timeout = '2s';

create table models (
    name     text primary key,
    provider text not null
);
comment on table models is 'A language model and who serves it.';

create table users (
    id       text primary key,
    username text not null,
    email    text not null,
    role     text not null,
    constraint users_role_legal check (role in ('user', 'admin'))
);

create table usage_records (
    id                bigint         generated always as identity primary key,
    usage_date        date           not null,
    -- pgattest:allow foreign-key-without-index: users are never deleted
    user_id           text           not null references users (id),
    -- pgattest:allow foreign-key-without-index: models are never deleted
    model             text           not null references models (name),
    requests          integer        not null,
    prompt_tokens     bigint         not null,
    completion_tokens bigint         not null,
    cost              numeric(12, 6) not null,
    constraint usage_records_not_negative
        check (requests >= 0 and prompt_tokens >= 0 and completion_tokens >= 0 and cost >= 0)
);
comment on table usage_records is 'What a user asked of a model on a day, as the gateway reports it.';

create index usage_records_usage_date on usage_records (usage_date);
