set lock_timeout = '2s';
alter table orders add constraint orders_customer_id_key unique (customer_id, id);
