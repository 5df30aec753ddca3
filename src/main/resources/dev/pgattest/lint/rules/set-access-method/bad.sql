set lock_timeout = '2s';
alter table orders set access method heap_again;
