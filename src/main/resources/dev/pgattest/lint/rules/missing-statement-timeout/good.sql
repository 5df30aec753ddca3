set lock_timeout = '1s';
set statement_timeout = '30s';
alter table orders add column shipped_at timestamptz;
