set lock_timeout = '2s';
alter schema sales rename to accounts;
