set lock_timeout = '10min';
create index concurrently orders_customer on orders (customer_id);
