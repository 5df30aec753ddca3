drop index concurrently orders_customer, orders_placed;
