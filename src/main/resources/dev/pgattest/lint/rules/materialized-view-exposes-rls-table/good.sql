create view documents_by_tenant with (security_invoker = true) as
    select tenant_id, count(*) as documents from documents group by tenant_id;
grant select on documents_by_tenant to pgattest_lint_program;
