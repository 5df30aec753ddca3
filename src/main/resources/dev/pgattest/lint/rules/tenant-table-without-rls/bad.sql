create table documents (
    id bigint generated always as identity primary key,
    tenant_id bigint not null,
    body text not null
);
insert into documents (tenant_id, body) values (1, 'one'), (2, 'two');
grant select on documents to pgattest_lint_program;
