create unique index concurrently orders_customer_id_key on orders (customer_id, id);
set lock_timeout = '2s';
alter table orders add constraint orders_customer_id_key unique using index orders_customer_id_key;
