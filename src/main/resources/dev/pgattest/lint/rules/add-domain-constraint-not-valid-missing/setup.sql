create domain postcode as text;
create table people (id bigint primary key, postcode postcode);
insert into people select n, 'A-' || 1000 + n from generate_series(1, 1000) as n;
