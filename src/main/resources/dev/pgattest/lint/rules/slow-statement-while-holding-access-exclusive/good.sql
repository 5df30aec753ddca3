set lock_timeout = '2s';
begin;
alter table orders add column channel text;
commit;
update orders set channel = 'web' where channel is null;
