-- How old the oldest identifiers of each database are.
select
    d.datname as database,
    pg_catalog.age(d.datfrozenxid)::bigint as transactions,
    pg_catalog.mxid_age(d.datminmxid)::bigint as multixacts
from pg_catalog.pg_database as d
order by d.datname collate "C"
