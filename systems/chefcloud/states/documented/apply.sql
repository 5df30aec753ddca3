-- The six definitions of the deployment document, built without the guards that would kill the builds (as-documented/).
create index concurrently idx_fr_overview_org_period on franchise_overview (org_id, period);
create index concurrently idx_fr_rankings_org_metric_period on franchise_rankings (org_id, metric, period);
create index concurrently idx_fr_budgets_org_cc_period on franchise_budgets (org_id, cost_center, period);
create index concurrently idx_inv_batches_org_sku on inventory_batches (org_id, sku);
create index concurrently idx_po_org_status_created on purchase_orders (org_id, status, created_at);
create index concurrently idx_payments_org_status_created on payments (org_id, status, created_at);
