set lock_timeout = '2s';
alter table reports.daily set schema public;
drop schema reports;
