set lock_timeout = '2s';
create view orders_in_cents as select id, total * 100 as total_cents from orders;
