set lock_timeout = '2s';
alter table orders add column channel text;
alter table orders add column coupon text;
