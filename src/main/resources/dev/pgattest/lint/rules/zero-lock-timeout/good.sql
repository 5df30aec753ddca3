set lock_timeout = '1s';
alter table orders add column shipped_at timestamptz;
