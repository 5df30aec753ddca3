set lock_timeout = '2s';
alter table orders drop constraint orders_total;
