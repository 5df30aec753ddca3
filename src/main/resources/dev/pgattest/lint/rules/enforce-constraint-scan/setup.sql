alter table orders add constraint orders_customer_fkey foreign key (customer_id) references customers (id) not enforced;
create index orders_customer on orders (customer_id);
