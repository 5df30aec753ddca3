-- FORCE makes the owner of a table obey its policies. It does not hold back superusers and roles with BYPASSRLS, so
-- neither the application nor a worker may be one.
--
-- Permissive policies that apply to one role are OR-ed. Each policy therefore names its role: what the worker sees across
-- tenants never widens what the application sees. Without app.current_tenant_id the application's statements fail.

grant select, insert on attribution_events to skeldir_app;

-- created_at is left out: it is the time of writing, which the rollup of the proven state relies on.
grant select, insert (id, tenant_id, event_id, channel_code, allocation_ratio, allocated_revenue_cents, model_type,
                      model_version, confidence_score)
    on attribution_allocations to skeldir_app;

grant select, insert, update (state, updated_at) on revenue_ledger to skeldir_app;

set lock_timeout = '2s';

alter table attribution_events enable row level security;
alter table attribution_events force row level security;
create policy tenant_isolation_policy on attribution_events
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table attribution_allocations enable row level security;
alter table attribution_allocations force row level security;
create policy tenant_isolation_policy on attribution_allocations
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

alter table revenue_ledger enable row level security;
alter table revenue_ledger force row level security;
create policy tenant_isolation_policy on revenue_ledger
    for all to skeldir_app
    using (tenant_id = current_setting('app.current_tenant_id')::uuid)
    with check (tenant_id = current_setting('app.current_tenant_id')::uuid);

-- The worker serves every tenant. It sees the work that waits or is under way, and what it claimed itself; an UPDATE has
-- to leave rows that the worker still sees, so without the last part it could never mark an event as processed.
grant select, update (processing_status, retry_count, claimed_by, claimed_at, processed_at, updated_at)
    on attribution_events to skeldir_worker;

create policy worker_read_policy on attribution_events
    for select to skeldir_worker
    using (processing_status in ('pending', 'processing')
           or claimed_by = current_setting('app.worker_id', true));
create policy worker_claim_policy on attribution_events
    for update to skeldir_worker
    using (processing_status in ('pending', 'processing'))
    with check (processing_status = 'pending' or claimed_by = current_setting('app.worker_id', true));
