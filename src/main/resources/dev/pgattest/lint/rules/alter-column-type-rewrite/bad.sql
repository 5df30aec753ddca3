set lock_timeout = '2s';
alter table orders alter column total type numeric(14, 4);
