-- The best branches of an organisation by one metric in a month.
select branch_id, score
from franchise_rankings
where org_id = :org_id
  and metric = :metric
  and period = :period
order by score desc, branch_id
limit 50
