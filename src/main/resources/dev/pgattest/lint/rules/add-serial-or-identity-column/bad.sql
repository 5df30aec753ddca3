set lock_timeout = '2s';
alter table orders add column number bigint generated always as identity;
