-- The materialized views of the user's schemas, each on a higher level than those that it reads, directly or through views.
with recursive reads as (
    select distinct w.ev_class as reader, d.refobjid as source
    from pg_catalog.pg_rewrite as w
    join pg_catalog.pg_depend as d
        on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = w.oid
        and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> w.ev_class
    join pg_catalog.pg_class as c on c.oid = w.ev_class and c.relkind in ('v', 'm')
),
below(reader, source, steps) as (
    select reader, source, 1
    from reads
    union
    select below.reader, reads.source, below.steps + 1
    from below
    join reads on reads.reader = below.source
)
select
    pg_catalog.format('%I.%I', n.nspname, c.relname) as name,
    coalesce((select pg_catalog.max(steps) from below where below.reader = c.oid), 0) as level
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind = 'm' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
