-- Tables and materialized views of the user's schemas of which ANALYZE reads a random sample: those with more rows than 300 times
-- the largest statistics target of a column (std_typanalyze in src/backend/commands/analyze.c).
select pg_catalog.format('%I.%I', n.nspname, c.relname) as name
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'm')
  and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgattest')
  and c.relname not like 'flyway\_schema\_history%'
  and c.reltuples > 300 * (
      select pg_catalog.max(case
          when a.attstattarget >= 0 then a.attstattarget::pg_catalog.int4
          else pg_catalog.current_setting('default_statistics_target')::pg_catalog.int4
      end)
      from pg_catalog.pg_attribute as a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
order by pg_catalog.format('%I.%I', n.nspname, c.relname) collate "C"
