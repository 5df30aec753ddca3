create table invoices (
    id integer generated always as identity primary key,
    total numeric(12, 2) not null
);
