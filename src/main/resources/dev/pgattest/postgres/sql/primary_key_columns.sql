-- The columns of a table's primary key, in its order.
select a.attname
from pg_catalog.pg_index as i
cross join lateral pg_catalog.unnest(i.indkey) with ordinality as k(attnum, position)
join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.attnum
where i.indrelid = ?::pg_catalog.regclass and i.indisprimary and k.position <= i.indnkeyatts
order by k.position
