drop index concurrently if exists orders_customer;
create index concurrently orders_customer on orders (customer_id);
