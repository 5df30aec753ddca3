set lock_timeout = '2s';
select count(*) from people where length(postcode) >= 10;
