do $$ begin
    create role pgattest_lint_program;
exception when duplicate_object then null;
end $$;
create table documents (
    id bigint generated always as identity primary key,
    tenant_id bigint not null,
    body text not null
);
create index documents_tenant on documents (tenant_id);
insert into documents (tenant_id, body) select n % 100, 'body' from generate_series(1, 1000) as n;
alter table documents enable row level security, force row level security;
grant select on documents to pgattest_lint_program;

create function plan_of(query text) returns text language plpgsql as $$
declare
    line text;
    plan text := '';
begin
    for line in execute 'explain ' || query loop
        plan := plan || line;
    end loop;
    return plan;
end $$;
