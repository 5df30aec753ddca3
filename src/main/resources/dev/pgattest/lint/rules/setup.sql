create table customers (id bigint primary key, name text not null, email text);
create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null,
    status text not null default 'new',
    total numeric(12, 2) not null default 0,
    note text,
    placed_at timestamptz not null default now()
);
insert into customers select n, 'name ' || n, 'mail' || n || '@example.com' from generate_series(1, 100) as n;
insert into orders (customer_id, status, total) select 1 + n % 100, 'new', n from generate_series(1, 1000) as n;
