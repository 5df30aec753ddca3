delete from customers as later
where exists (select from customers as earlier where earlier.email = later.email and earlier.id < later.id);
create unique index concurrently customers_email on customers (email);
