set lock_timeout = '2s';
create table orders_new (like orders including all) using heap_again;
