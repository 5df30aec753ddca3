create schema sales;
create table sales.invoices (id bigint generated always as identity primary key, total numeric not null);
