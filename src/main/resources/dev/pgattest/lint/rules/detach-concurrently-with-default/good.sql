set lock_timeout = '2s';
alter table events detach partition events_2024;
