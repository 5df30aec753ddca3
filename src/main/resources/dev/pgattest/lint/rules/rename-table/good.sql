set lock_timeout = '2s';
begin;
alter table orders rename to purchases;
create view orders with (security_invoker = true) as select * from purchases;
commit;
