-- The latest payments in a status.
select id, method, amount_cents, created_at
from payments
where org_id = :org_id
  and status = :status
order by created_at desc
limit 50
