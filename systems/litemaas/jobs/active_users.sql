-- The users of the cached days, as the application finds them in the documents.
select distinct u.id
from daily_usage_cache as c
cross join lateral jsonb_object_keys(c.aggregated_by_user) as u (id)
where c.date between :from::date and :to::date
order by u.id
