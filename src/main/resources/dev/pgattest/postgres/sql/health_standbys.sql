-- Servers that stream all that this one writes, as they call themselves; not backups, archives and logical subscribers.
select pg_catalog.concat_ws(' at ', nullif(r.application_name, ''), r.client_addr::text) as standby
from pg_catalog.pg_stat_replication as r
where r.application_name not in ('pg_basebackup', 'pg_receivewal')
  and not exists (
      select 1 from pg_catalog.pg_replication_slots as s where s.active_pid = r.pid and s.slot_type = 'logical')
order by 1
