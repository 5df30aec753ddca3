set lock_timeout = '2s';
alter table customers alter column name set default '';
