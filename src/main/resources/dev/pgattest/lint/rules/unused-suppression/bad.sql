-- pgattest:allow index-not-concurrent: the table is small
create index concurrently orders_customer on orders (customer_id);
