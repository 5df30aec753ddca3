create function current_tenant() returns bigint language plpgsql stable as
    $$ begin return current_setting('app.tenant_id')::bigint; end $$;
set lock_timeout = '2s';
create policy documents_tenant on documents using (tenant_id = (select current_tenant()));
