create index orders_customer on orders (customer_id);
create index orders_placed on orders (placed_at);
