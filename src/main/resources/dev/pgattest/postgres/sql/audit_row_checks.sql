-- What the rows of a table must satisfy, with the columns in it: checks, and of a partition or a partitioned table, some partition's bounds.
-- Bound: the table, three times.
select pg_catalog.pg_get_expr(k.conbin, k.conrelid) as condition
from pg_catalog.pg_constraint as k
where k.conrelid = ? and k.contype = 'c'
union all
select p.condition
from (
    select pg_catalog.string_agg('(' || pg_catalog.pg_get_partition_constraintdef(l.oid) || ')', ' or ') as condition
    from (
        select t.relid::oid as oid from pg_catalog.pg_partition_tree(?) as t where t.isleaf order by t.relid limit 5
    ) as l
) as p
where p.condition is not null
  and exists (select 1 from pg_catalog.pg_class as c where c.oid = ? and (c.relkind = 'p' or c.relispartition))
