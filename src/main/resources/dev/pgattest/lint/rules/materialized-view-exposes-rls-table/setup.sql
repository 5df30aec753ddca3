do $$ begin
    create role pgattest_lint_program;
exception when duplicate_object then null;
end $$;
create table documents (
    id bigint generated always as identity primary key,
    tenant_id bigint not null,
    body text not null
);
alter table documents enable row level security, force row level security;
create policy documents_tenant on documents
    using (tenant_id = (select current_setting('app.tenant_id'))::bigint);
insert into documents (tenant_id, body) values (1, 'one'), (2, 'two');
grant select on documents to pgattest_lint_program;
