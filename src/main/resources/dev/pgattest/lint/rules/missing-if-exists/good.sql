create table if not exists invoices (id bigint primary key, order_id bigint not null);
create index concurrently invoices_order on invoices (order_id);
