set lock_timeout = '2s';
drop table notes;
