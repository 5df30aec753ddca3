-- What the catalog of indexes does not say: comments, the constraints' own words, and who is being built.
select
    n.nspname as schema_name,
    x.relname as name,
    pg_catalog.obj_description(i.indexrelid, 'pg_class') as comment,
    c.contype as constraint_type,
    coalesce(c.condeferrable, false) as deferrable,
    coalesce(c.condeferred, false) as deferred,
    exists (
        select from pg_catalog.pg_stat_progress_create_index as b
        where b.index_relid = i.indexrelid and b.datid = (
            select d.oid from pg_catalog.pg_database as d where d.datname = pg_catalog.current_database())) as building
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_namespace as n on n.oid = x.relnamespace
left join pg_catalog.pg_constraint as c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
