set lock_timeout = '2s';
alter domain postcode add constraint postcode_length check (length(value) < 10) not valid;
select count(*) from people where length(postcode) >= 10;
