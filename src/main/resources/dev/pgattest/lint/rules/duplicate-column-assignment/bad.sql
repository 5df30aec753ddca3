update orders set status = 'paid', note = 'x', status = 'sent' where id = 1;
