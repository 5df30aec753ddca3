set lock_timeout = '2s';
cluster orders using orders_pkey;
