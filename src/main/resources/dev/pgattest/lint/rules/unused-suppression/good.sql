set lock_timeout = '2s';
-- pgattest:allow index-not-concurrent: the table has ten rows and nobody writes to it
create index orders_customer on orders (customer_id);
