set lock_timeout = '2s';
alter table orders add column discount integer;
alter table orders add constraint orders_discount_range check (discount between 0 and 100) not valid;
alter table orders validate constraint orders_discount_range;
