set lock_timeout = '2s';
alter table visits add primary key (id);
