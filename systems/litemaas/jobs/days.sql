-- The days of the period that have records.
select usage_date as date
from usage_records
where usage_date between :from::date and :to::date
group by usage_date
order by date
