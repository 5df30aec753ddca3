set lock_timeout = '2s';
create schema if not exists accounts;
begin;
alter table sales.invoices set schema accounts;
create view sales.invoices with (security_invoker = true) as select * from accounts.invoices;
commit;
