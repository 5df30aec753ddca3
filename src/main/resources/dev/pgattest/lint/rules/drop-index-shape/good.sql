drop index concurrently orders_customer;
drop index concurrently orders_placed;
