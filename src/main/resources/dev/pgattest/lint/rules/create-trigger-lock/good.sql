set lock_timeout = '2s';
update customers set email = lower(email) where email <> lower(email);
create trigger orders_shout before insert on orders for each row execute function shout();
