set lock_timeout = '2s';
alter table orders add column total_cents bigint generated always as (total * 100) stored;
