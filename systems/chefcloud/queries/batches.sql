-- The batches of a product that are not used up, those that expire first in front.
select id, quantity, received_at, expires_at
from inventory_batches
where org_id = :org_id
  and sku = :sku
  and quantity > 0
order by expires_at, id
limit 20
