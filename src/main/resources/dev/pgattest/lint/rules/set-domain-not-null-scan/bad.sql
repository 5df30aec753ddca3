set lock_timeout = '2s';
alter domain postcode set not null;
