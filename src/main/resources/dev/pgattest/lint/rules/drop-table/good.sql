set lock_timeout = '2s';
create schema if not exists retired;
-- pgattest:allow rename-table: whatever still needs it is to show
alter table notes set schema retired;
