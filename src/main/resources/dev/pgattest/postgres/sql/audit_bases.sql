-- Which relations the rules of a view, materialized view or table read or write.
select r.ev_class::bigint as view, pg_catalog.array_agg(distinct d.refobjid::bigint) as bases
from pg_catalog.pg_rewrite as r
join pg_catalog.pg_depend as d
    on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = r.oid
   and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> r.ev_class
group by r.ev_class
