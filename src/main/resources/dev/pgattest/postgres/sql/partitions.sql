-- The leaves below each partitioned table and partitioned index; parents with their schema and without, leaves too.
with recursive tree (root, relation) as (
    select c.oid, c.oid from pg_catalog.pg_class as c where c.relkind in ('p', 'I')
    union all
    select tree.root, i.inhrelid from tree join pg_catalog.pg_inherits as i on i.inhparent = tree.relation
)
select parents.name as parent, leaves.name as name
from tree
join pg_catalog.pg_class as p on p.oid = tree.root
join pg_catalog.pg_namespace as pn on pn.oid = p.relnamespace
join pg_catalog.pg_class as c on c.oid = tree.relation and c.relkind in ('r', 'i')
join pg_catalog.pg_namespace as cn on cn.oid = c.relnamespace
cross join lateral (values (p.relname::pg_catalog.text), (pn.nspname || '.' || p.relname)) as parents (name)
cross join lateral (values (c.relname::pg_catalog.text), (cn.nspname || '.' || c.relname)) as leaves (name)
