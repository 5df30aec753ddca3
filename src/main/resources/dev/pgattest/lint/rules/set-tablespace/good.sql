reindex (tablespace pg_default) index concurrently orders_pkey;
