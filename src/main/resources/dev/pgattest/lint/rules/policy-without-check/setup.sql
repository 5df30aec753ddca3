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
grant select, insert on documents to pgattest_lint_program;
