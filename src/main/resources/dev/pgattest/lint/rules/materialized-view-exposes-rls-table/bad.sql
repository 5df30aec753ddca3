create materialized view documents_by_tenant as
    select tenant_id, count(*) as documents from documents group by tenant_id;
grant select on documents_by_tenant to pgattest_lint_program;
