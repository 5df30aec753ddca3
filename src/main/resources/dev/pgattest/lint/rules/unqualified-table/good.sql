create table public.invoices (id bigint primary key);
