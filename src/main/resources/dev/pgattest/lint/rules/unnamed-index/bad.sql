create index concurrently on orders (customer_id);
-- the runner tries again
create index concurrently on orders (customer_id);
