-- Sales of an organisation in a month.
select sum(gross_sales_cents) as gross_sales_cents,
       sum(orders) as orders,
       sum(guests) as guests,
       count(*) as branches
from franchise_overview
where org_id = :org_id
  and period = :period
