create index concurrently orders_day on orders (date_trunc('day', placed_at at time zone 'UTC'));
