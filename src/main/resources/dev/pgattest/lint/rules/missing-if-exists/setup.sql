-- what is left of the first run of a file that failed at its second statement
create table invoices (id bigint primary key, order_id bigint not null);
