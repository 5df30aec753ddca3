set lock_timeout = '2s';
alter table customers add constraint customers_email_present check (email is not null) not valid;
alter table customers validate constraint customers_email_present;
alter table customers alter column email set not null;
alter table customers drop constraint customers_email_present;
