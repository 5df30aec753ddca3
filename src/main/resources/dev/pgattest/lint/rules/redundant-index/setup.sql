create index orders_customer_placed on orders (customer_id, placed_at);
