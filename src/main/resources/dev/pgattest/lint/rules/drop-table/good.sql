set lock_timeout = '2s';
create schema if not exists retired;
alter table notes set schema retired;
