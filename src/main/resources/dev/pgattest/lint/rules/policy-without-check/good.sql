set lock_timeout = '2s';
create policy documents_tenant on documents
    using (tenant_id = (select current_setting('app.tenant_id'))::bigint);
