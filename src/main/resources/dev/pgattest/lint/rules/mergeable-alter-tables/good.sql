set lock_timeout = '2s';
alter table orders add column channel text, add column coupon text;
