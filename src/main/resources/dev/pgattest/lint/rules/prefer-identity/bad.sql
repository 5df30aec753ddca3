create table invoices (
    id bigserial primary key,
    total numeric(12, 2) not null
);
grant insert on invoices to pgattest_lint_program;
set role pgattest_lint_program;
insert into invoices (total) values (10);
