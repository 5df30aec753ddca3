create index concurrently idx_inv_batches_org_sku on inventory_batches (org_id, sku);
drop index concurrently idx_inventory_batches_org_sku_expires;

create index concurrently idx_fr_rankings_org_metric_period on franchise_rankings (org_id, metric, period);
drop index concurrently idx_franchise_rankings_org_metric_period_score;

create index concurrently idx_fr_budgets_org_cc_period on franchise_budgets (org_id, cost_center, period);
drop index concurrently idx_franchise_budgets_org_cost_center_period;

create index concurrently idx_fr_overview_org_period on franchise_overview (org_id, period);
drop index concurrently idx_franchise_overview_org_period;
