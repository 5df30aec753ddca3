create table invoices (
    id bigint generated always as identity primary key,
    total numeric(12, 2) not null
);
