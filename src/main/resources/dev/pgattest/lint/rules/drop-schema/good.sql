set lock_timeout = '2s';
-- pgattest:allow rename-table: programs name the new schema already
alter table reports.daily set schema public;
drop schema reports;
