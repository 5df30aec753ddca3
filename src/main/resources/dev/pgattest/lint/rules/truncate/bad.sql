set lock_timeout = '2s';
truncate orders cascade;
