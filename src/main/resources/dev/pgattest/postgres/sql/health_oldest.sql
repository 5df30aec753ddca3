-- The tables of this database with the oldest identifiers, those of the system too; what is stored out of line counts with its table.
with ages as (
    select
        coalesce(o.oid, c.oid) as table_id,
        max(pg_catalog.age(c.relfrozenxid)::bigint) as transactions,
        max(pg_catalog.mxid_age(c.relminmxid)::bigint) as multixacts
    from pg_catalog.pg_class as c
    left join pg_catalog.pg_class as o on o.reltoastrelid = c.oid
    where c.relkind in ('r', 'm', 't') and c.relfrozenxid <> '0'
    group by coalesce(o.oid, c.oid)
)
select n.nspname as schema_name, t.relname as name, a.transactions, a.multixacts
from (
    (select * from ages order by transactions desc limit 5)
    union
    (select * from ages order by multixacts desc limit 5)
) as a
join pg_catalog.pg_class as t on t.oid = a.table_id
join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
order by a.transactions desc, n.nspname collate "C", t.relname collate "C"
