-- The remediation as its document writes it: the order (drop, then create), the names and the definitions are unchanged.
-- pgattest:allow-file index-not-concurrent: the document's own statements, for a database that nobody uses
-- pgattest:allow-file drop-index-not-concurrent: the document's own statements, for a database that nobody uses
set lock_timeout = '2s';
drop index if exists idx_attribution_allocations_tenant_created_at;
drop index if exists idx_attribution_allocations_channel;

create index idx_allocations_channel_performance
    on attribution_allocations (tenant_id, channel_code, created_at desc)
    include (allocated_revenue_cents, allocation_ratio);
comment on index idx_allocations_channel_performance is 'Meant for Q1.';

create index idx_revenue_ledger_tenant_state on revenue_ledger (tenant_id, state) where state = 'captured';
comment on index idx_revenue_ledger_tenant_state is 'Meant for Q5.';
