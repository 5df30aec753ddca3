-- Prepared transactions of this database: nobody ends them by leaving.
select
    p.gid,
    p.owner,
    extract(epoch from pg_catalog.clock_timestamp() - p.prepared) as age_s
from pg_catalog.pg_prepared_xacts as p
where p.database = pg_catalog.current_database()
order by p.prepared
limit 20
