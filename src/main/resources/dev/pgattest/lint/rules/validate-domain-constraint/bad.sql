set lock_timeout = '2s';
alter domain postcode validate constraint postcode_length;
