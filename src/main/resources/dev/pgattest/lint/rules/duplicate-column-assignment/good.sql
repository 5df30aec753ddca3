update orders set status = 'paid', note = 'x' where id = 1;
