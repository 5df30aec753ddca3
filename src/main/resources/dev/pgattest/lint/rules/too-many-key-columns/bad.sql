create index concurrently orders_search on orders (customer_id, status, placed_at, total, note, id);
