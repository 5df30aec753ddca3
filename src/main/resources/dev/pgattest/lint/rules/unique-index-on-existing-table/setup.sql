insert into customers (id, name, email) values (101, 'twice', 'mail1@example.com');
