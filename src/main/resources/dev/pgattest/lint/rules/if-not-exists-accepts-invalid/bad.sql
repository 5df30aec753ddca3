create index concurrently if not exists orders_customer on orders (customer_id);
