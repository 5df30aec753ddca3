begin;
update orders set status = 'paid' where id = 1;
begin;
update orders set note = 'call the customer' where id = 2;
rollback;
commit;
