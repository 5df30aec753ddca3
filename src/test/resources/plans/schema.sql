set client_min_messages = warning;
create table customer (id bigint primary key, region text not null, name text not null);
insert into customer select i, 'r' || (i % 7), 'customer ' || i from generate_series(1, 2000) i;
create table purchase (
  id bigint primary key, customer_id bigint not null references customer, placed_at timestamptz not null,
  status text not null, city text not null, country text not null, amount_cents bigint not null, note text);
insert into purchase
  select i, (i * 7919) % 2000 + 1, timestamptz '2024-01-01 00:00+00' + i * interval '1 minute',
         case when i % 50 = 0 then 'pending' else 'paid' end, 'city' || (i % 100), 'country' || (i % 100),
         (i * 31) % 100000, repeat('x', 60)
  from generate_series(1, 100000) i;
create index purchase_customer_idx on purchase (customer_id);
create index purchase_placed_idx on purchase (placed_at) include (amount_cents);
create index purchase_pending_idx on purchase (id) where status = 'pending';
create index purchase_city_amount_idx on purchase (city, amount_cents);
create table line (purchase_id bigint not null, number int not null, sku text not null, quantity int not null,
  primary key (purchase_id, number));
insert into line select i / 2 + 1, i % 2, 'sku' || (i % 500), i % 9 + 1 from generate_series(0, 199999) i;
create table employee (id int primary key, manager_id int, salary int not null);
insert into employee select i, nullif(i / 10, 0), (i * 37) % 1000 from generate_series(1, 5000) i;
create table event (at date not null, kind int not null, payload text) partition by range (at);
create table event_2024_01 partition of event for values from ('2024-01-01') to ('2024-02-01');
create table event_2024_02 partition of event for values from ('2024-02-01') to ('2024-03-01');
create table event_2024_03 partition of event for values from ('2024-03-01') to ('2024-04-01');
insert into event select date '2024-01-01' + (i % 90), i % 20, repeat('p', 40) from generate_series(0, 29999) i;
create index on event (at);
create table audit (id bigint, at timestamptz);
create function touch() returns trigger language plpgsql as $$
begin insert into audit values (new.id, now()); return new; end $$;
create table account (id bigint primary key, customer_id bigint references customer, balance bigint not null);
insert into account select i, i % 2000 + 1, 100 from generate_series(1, 2000) i;
create trigger account_touch after update on account for each row execute function touch();
vacuum analyze;
