-- The prepared transactions that hold a lock of a table: a build of another one does not wait for them.
select p.gid
from pg_catalog.pg_prepared_xacts as p
join pg_catalog.pg_locks as own on own.locktype = 'transactionid' and own.transactionid = p.transaction and own.granted
join pg_catalog.pg_locks as l on l.virtualtransaction = own.virtualtransaction and l.pid is null
where p.database = pg_catalog.current_database() and l.locktype = 'relation'
  and l.database = (select d.oid from pg_catalog.pg_database as d where d.datname = pg_catalog.current_database())
  and l.relation = pg_catalog.to_regclass(?)
