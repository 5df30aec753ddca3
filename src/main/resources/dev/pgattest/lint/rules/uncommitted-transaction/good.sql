begin;
create table order_notes (id bigint primary key, body text not null);
commit;
