set lock_timeout = '2s';
create unlogged table orders_imported (like orders including defaults);
