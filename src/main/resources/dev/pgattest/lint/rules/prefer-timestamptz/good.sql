create table visits (
    id bigint generated always as identity primary key,
    seen_at timestamptz not null default now()
);
