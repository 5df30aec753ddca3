set lock_timeout = '2s';
alter table customers add column segment text;
alter table orders add column channel text;
