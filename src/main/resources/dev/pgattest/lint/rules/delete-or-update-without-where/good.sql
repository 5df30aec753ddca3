delete from orders where status = 'cancelled' and id between 1 and 10000;
