set lock_timeout = '2s';

create table organisations (
    id         bigint      generated always as identity primary key,
    name       text        not null,
    created_at timestamptz not null default now()
);
comment on table organisations is 'Franchisors. Everything below belongs to one of them.';

create table branches (
    id         bigint      generated always as identity primary key,
    -- pgattest:allow foreign-key-without-index: organisations are never deleted, and nothing lists their branches
    org_id     bigint      not null references organisations (id),
    name       text        not null,
    created_at timestamptz not null default now()
);
comment on table branches is 'Restaurants.';

create table products (
    sku  text primary key,
    name text not null
);
comment on table products is 'What the stores hold.';
