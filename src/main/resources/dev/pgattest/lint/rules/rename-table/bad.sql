set lock_timeout = '2s';
alter table orders rename to purchases;
