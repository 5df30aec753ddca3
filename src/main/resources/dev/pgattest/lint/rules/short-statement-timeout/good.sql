set statement_timeout = 0;
create index concurrently orders_customer on orders (customer_id);
