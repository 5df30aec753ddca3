-- The latest purchase orders in a status.
select id, supplier, total_cents, created_at
from purchase_orders
where org_id = :org_id
  and status = :status
order by created_at desc
limit 50
