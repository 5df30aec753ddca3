create table order_lines (id bigint primary key, order_id bigint not null references orders on delete restrict);
create index order_lines_order on order_lines (order_id);
insert into order_lines select n, n from generate_series(1, 100) as n;
