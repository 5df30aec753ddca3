create index concurrently orders_customer_placed on orders (customer_id, placed_at);
drop index concurrently orders_customer;
