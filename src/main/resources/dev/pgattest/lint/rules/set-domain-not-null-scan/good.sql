set lock_timeout = '2s';
alter domain postcode add constraint postcode_present check (value is not null) not valid;
