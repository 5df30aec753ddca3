set lock_timeout = '2s';
alter table customers alter column email set not null;
