-- How each index was used. The column with the time of the last scan exists from PostgreSQL 16 on, hence the detour over JSON.
select
    s.schemaname as schema_name,
    s.indexrelname as name,
    s.idx_scan as scans,
    (pg_catalog.to_jsonb(s) ->> 'last_idx_scan')::timestamptz as last_scan,
    case when pg_catalog.current_setting('track_commit_timestamp')::boolean and not pg_catalog.pg_is_in_recovery()
        then pg_catalog.pg_xact_commit_timestamp(x.xmin) end as created,
    i.indexprs is not null as expressions,
    pg_catalog.has_table_privilege(s.indexrelid, 'select') as may_read,
    st.tablename is not null as statistics
from pg_catalog.pg_stat_all_indexes as s
join pg_catalog.pg_index as i on i.indexrelid = s.indexrelid
join pg_catalog.pg_class as x on x.oid = s.indexrelid
left join (
    select distinct v.schemaname, v.tablename from pg_catalog.pg_stats as v
) as st on st.schemaname = s.schemaname and st.tablename = s.indexrelname
where s.schemaname !~ '^pg_' and s.schemaname not in ('information_schema', 'pgattest')
