-- Every attempt at a step, in the order in which they began. A journal of an earlier version lacks the last two columns.
select
    deployment, key, kind, object, index_schema, index_name, before_definition, before_constraint, before_checked, before_comment,
    operator, host, process, outcome, message, started_at, finished_at,
    coalesce((pg_catalog.to_jsonb(s) ->> 'retries')::pg_catalog.int4, 0) as retries,
    coalesce(pg_catalog.to_jsonb(s) ->> 'waited_for', '') as waited_for
from pgattest.deployment_step as s
order by id
