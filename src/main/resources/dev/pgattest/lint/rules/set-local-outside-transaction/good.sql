begin;
set local lock_timeout = '1s';
alter table orders add column shipped_at timestamptz;
commit;
