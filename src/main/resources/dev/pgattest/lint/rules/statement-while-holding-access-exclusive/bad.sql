set lock_timeout = '2s';
begin;
alter table orders add column channel text;
comment on column orders.channel is 'where the order came from';
commit;
