delete from orders where placed_at < now() - interval '2 years' and id between 1 and 10000;
