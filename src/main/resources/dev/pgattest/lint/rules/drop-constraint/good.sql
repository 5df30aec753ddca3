set lock_timeout = '2s';
alter table orders
    drop constraint orders_total,
    add constraint orders_total check (total >= -1000) not valid;
alter table orders validate constraint orders_total;
