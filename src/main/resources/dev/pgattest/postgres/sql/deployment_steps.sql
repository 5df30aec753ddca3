-- Every attempt at a step, in the order in which they began.
select
    deployment, key, kind, object, index_schema, index_name, before_definition, before_constraint, before_checked, before_comment,
    operator, host, process, outcome, message, started_at, finished_at
from pgattest.deployment_step
order by id
