-- Planned and actual spending of an organisation for one cost center in a month.
select sum(planned_cents) as planned_cents,
       sum(actual_cents) as actual_cents,
       count(*) filter (where actual_cents > planned_cents) as branches_over_budget
from franchise_budgets
where org_id = :org_id
  and cost_center = :cost_center
  and period = :period
