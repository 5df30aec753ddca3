comment on table orders is 'Gr��e';
