set lock_timeout = '2s';
alter table orders add column token uuid;
alter table orders alter column token set default gen_random_uuid();
update orders set token = default where token is null and id between 1 and 500;
update orders set token = default where token is null and id between 501 and 1000;
