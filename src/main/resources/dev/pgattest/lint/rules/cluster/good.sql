create index concurrently orders_customer_total on orders (customer_id) include (total);
