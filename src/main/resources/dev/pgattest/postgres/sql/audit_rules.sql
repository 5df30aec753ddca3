-- Rewrite rules that are not the query of a view.
select
    r.ev_class::bigint as relation,
    r.rulename as name,
    case r.ev_type when '2' then 'update' when '3' then 'insert' when '4' then 'delete' else 'select' end as event
from pg_catalog.pg_rewrite as r
join pg_catalog.pg_class as c on c.oid = r.ev_class
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
order by r.ev_class, r.rulename collate "C"
