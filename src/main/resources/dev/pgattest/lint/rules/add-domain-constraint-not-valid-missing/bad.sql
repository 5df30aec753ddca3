set lock_timeout = '2s';
alter domain postcode add constraint postcode_length check (length(value) < 10);
