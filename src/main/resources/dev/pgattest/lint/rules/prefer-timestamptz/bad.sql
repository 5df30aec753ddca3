create table visits (
    id bigint generated always as identity primary key,
    seen_at timestamp not null default now()
);
