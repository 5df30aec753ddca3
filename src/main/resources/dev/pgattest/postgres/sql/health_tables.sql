-- Tables and materialized views with what the server counts about them. Bound: relations that are locked.
select
    n.nspname as schema_name,
    t.relname as name,
    t.relkind::text as kind,
    pn.nspname as parent_schema,
    p.relname as parent_name,
    case when t.relkind = 'p' then 0 else pg_catalog.pg_relation_size(t.oid) end as size_bytes,
    t.reltuples as rows,
    coalesce(s.seq_scan, 0) as sequential_scans,
    coalesce(s.seq_tup_read, 0) as sequential_rows,
    coalesce(s.idx_scan, 0) as index_scans,
    coalesce(s.n_tup_upd, 0) as updated,
    coalesce(s.n_tup_del, 0) as deleted,
    coalesce(s.n_mod_since_analyze, 0) as since_analyze,
    greatest(s.last_analyze, s.last_autoanalyze) as last_analyzed,
    coalesce(io.heap_blks_hit, 0) as table_hits,
    coalesce(io.heap_blks_read, 0) as table_reads,
    coalesce(io.idx_blks_hit, 0) as index_hits,
    coalesce(io.idx_blks_read, 0) as index_reads,
    pg_catalog.has_table_privilege(t.oid, 'select') as may_read,
    pg_catalog.row_security_active(t.oid) as row_security,
    st.tablename is not null as statistics
from pg_catalog.pg_class as t
join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
left join pg_catalog.pg_stat_all_tables as s on s.relid = t.oid
left join pg_catalog.pg_statio_all_tables as io on io.relid = t.oid
left join pg_catalog.pg_inherits as h on h.inhrelid = t.oid and t.relispartition
left join pg_catalog.pg_class as p on p.oid = h.inhparent
left join pg_catalog.pg_namespace as pn on pn.oid = p.relnamespace
left join (
    select distinct v.schemaname, v.tablename from pg_catalog.pg_stats as v
) as st on st.schemaname = n.nspname and st.tablename = t.relname
where t.relkind in ('r', 'p', 'm')
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and t.relname not like 'flyway\_schema\_history%'
  and t.oid <> all (?::oid[])
  and not exists (
      select 1 from pg_catalog.pg_depend as d
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = t.oid and d.deptype = 'e')
order by n.nspname collate "C", t.relname collate "C"
