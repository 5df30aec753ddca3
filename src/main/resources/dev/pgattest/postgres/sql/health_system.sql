-- What a cluster and its physical replicas have in common.
select c.system_identifier::text as system from pg_catalog.pg_control_system() as c
