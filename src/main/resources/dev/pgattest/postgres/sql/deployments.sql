-- The deployments of a project, the first one first.
select id, project, direction, from_state, to_state, plan, undoes, outcome, started_at, finished_at
from pgattest.deployment
where project = ?
order by id
