create table notes (id bigint primary key, order_id bigint references orders, body text not null);
create index notes_order on notes (order_id);
