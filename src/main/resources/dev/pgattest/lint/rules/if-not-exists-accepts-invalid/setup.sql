-- What a build leaves that was stopped.
create index orders_customer on orders (customer_id);
update pg_catalog.pg_index set indisvalid = false where indexrelid = 'orders_customer'::regclass;
