set lock_timeout = '2s';
insert into customers (id, name) values (1000, 'name 1000');
insert into orders (customer_id) values (1000);
