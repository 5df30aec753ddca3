set lock_timeout = '2s';
alter table orders add column number bigint;
create sequence orders_number_seq owned by orders.number;
alter table orders alter column number set default nextval('orders_number_seq');
update orders set number = default where number is null and id between 1 and 500;
update orders set number = default where number is null and id between 501 and 1000;
