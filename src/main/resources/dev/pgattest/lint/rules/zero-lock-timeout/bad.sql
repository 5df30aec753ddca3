set lock_timeout = 0;
alter table orders add column shipped_at timestamptz;
