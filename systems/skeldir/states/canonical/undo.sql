-- pgattest:allow-file index-not-concurrent: the document's own statements, for a database that nobody uses
-- pgattest:allow-file drop-index-not-concurrent: the document's own statements, for a database that nobody uses
-- pgattest:allow-file drop-before-create: the document's own order, backwards
set lock_timeout = '2s';
drop index if exists idx_revenue_ledger_tenant_state;
drop index if exists idx_allocations_channel_performance;

create index idx_attribution_allocations_tenant_created_at on attribution_allocations (tenant_id, created_at desc);
comment on index idx_attribution_allocations_tenant_created_at is
    'Serves the allocations of a tenant in a period (Q1, Q6) and the delete cascade from tenants.';

create index idx_attribution_allocations_channel on attribution_allocations (channel_code);
comment on index idx_attribution_allocations_channel is 'Meant for channel performance queries.';
