select
    investigation.id,
    investigation.question,
    investigation.state,
    investigation.cost_cents,
    investigation.finished_at - investigation.started_at as duration,
    steps.calls
from investigations as investigation
cross join lateral (
    select count(*) as calls
    from investigation_tool_calls
    where investigation_id = investigation.id
) as steps
where investigation.tenant_id = :tenant_id
order by investigation.started_at desc
limit 20
