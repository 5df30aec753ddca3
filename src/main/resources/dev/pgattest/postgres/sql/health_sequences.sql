-- Sequences with the column that each fills: the one that owns it, else one whose default it is. Bound: relations that are locked.
select distinct on (n.nspname collate "C", q.relname collate "C")
    n.nspname as schema_name,
    q.relname as name,
    s.seqmin as lowest,
    s.seqmax as highest,
    s.seqincrement as increment,
    s.seqcycle as cycles,
    pg_catalog.has_table_privilege(q.oid, 'select') as may_read,
    tn.nspname as table_schema,
    t.relname as table_name,
    a.attname as column_name,
    pg_catalog.format_type(a.atttypid, a.atttypmod) as column_type,
    case a.atttypid
        when 'pg_catalog.int2'::pg_catalog.regtype then 32767
        when 'pg_catalog.int4'::pg_catalog.regtype then 2147483647
        else 9223372036854775807 end as column_largest
from pg_catalog.pg_sequence as s
join pg_catalog.pg_class as q on q.oid = s.seqrelid
join pg_catalog.pg_namespace as n on n.oid = q.relnamespace
left join (
    select d.objid as sequence_id, d.refobjid as table_id, d.refobjsubid as column_number, 1 as rank
    from pg_catalog.pg_depend as d
    where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
      and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
    union all
    select d.refobjid, f.adrelid, f.adnum, 2
    from pg_catalog.pg_depend as d
    join pg_catalog.pg_attrdef as f on f.oid = d.objid
    where d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
      and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.deptype = 'n'
) as c on c.sequence_id = q.oid
left join pg_catalog.pg_attribute as a on a.attrelid = c.table_id and a.attnum = c.column_number
left join pg_catalog.pg_class as t on t.oid = c.table_id
left join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace
where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and q.oid <> all (?::oid[])
  and (q.relpersistence = 'p' or not pg_catalog.pg_is_in_recovery())
  and not exists (
      select 1 from pg_catalog.pg_depend as e
      where e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = q.oid and e.deptype = 'e')
order by n.nspname collate "C", q.relname collate "C", column_largest, c.rank, tn.nspname, t.relname, a.attname
