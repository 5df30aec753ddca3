set lock_timeout = '1s';
create index concurrently orders_customer on orders (customer_id);
