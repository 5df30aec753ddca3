create table visits (id bigint not null, page text not null);
insert into visits select n, '/page/' || n from generate_series(1, 1000) as n;
