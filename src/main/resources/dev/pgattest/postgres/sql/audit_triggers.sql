-- Triggers that somebody made.
select t.tgrelid::bigint as table_id, t.tgname as name, t.tgfoid::bigint as function
from pg_catalog.pg_trigger as t
where not t.tgisinternal and t.tgenabled <> 'D'
order by t.tgrelid, t.tgname collate "C"
