select
    correction.event_id,
    correction.from_channel,
    correction.to_channel,
    channel_taxonomy.family,
    correction.reason,
    correction.corrected_at
from channel_assignment_corrections as correction
join channel_taxonomy on channel_taxonomy.code = correction.to_channel
where correction.tenant_id = :tenant_id
order by correction.corrected_at desc
limit 50
