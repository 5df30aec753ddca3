set lock_timeout = '2s';
alter table bookings add constraint bookings_apart exclude using gist (during with &&);
