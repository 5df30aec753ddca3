set lock_timeout = '2min';
create index concurrently orders_customer on orders (customer_id);
