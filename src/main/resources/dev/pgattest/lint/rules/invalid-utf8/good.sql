set lock_timeout = '2s';
comment on table orders is 'Größe';
