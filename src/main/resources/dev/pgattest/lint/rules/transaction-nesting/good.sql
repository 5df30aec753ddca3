begin;
update orders set status = 'paid' where id = 1;
savepoint part;
update orders set note = 'call the customer' where id = 2;
rollback to savepoint part;
commit;
