-- A month of an organisation lies scattered over the table, one row a page: the sums have to come from the index.
create index concurrently idx_franchise_overview_org_period on franchise_overview (org_id, period)
    include (gross_sales_cents, orders, guests);
drop index concurrently idx_fr_overview_org_period;

create index concurrently idx_franchise_budgets_org_cost_center_period
    on franchise_budgets (org_id, cost_center, period) include (planned_cents, actual_cents);
drop index concurrently idx_fr_budgets_org_cc_period;

-- In the order that is asked for, so that the first fifty are the first fifty entries.
create index concurrently idx_franchise_rankings_org_metric_period_score
    on franchise_rankings (org_id, metric, period, score desc, branch_id);
drop index concurrently idx_fr_rankings_org_metric_period;

-- Nine of ten batches are used up and never looked for.
create index concurrently idx_inventory_batches_org_sku_expires
    on inventory_batches (org_id, sku, expires_at, id) where quantity > 0;
drop index concurrently idx_inv_batches_org_sku;
