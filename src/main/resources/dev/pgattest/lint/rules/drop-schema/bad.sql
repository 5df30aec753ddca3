set lock_timeout = '2s';
drop schema reports cascade;
