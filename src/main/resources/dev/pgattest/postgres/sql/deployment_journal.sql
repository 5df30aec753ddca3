-- The journal of deployments. Nothing but pgattest reads it; drop it when no deployment is unfinished and none is to be rolled back.
create table pgattest.deployment (
    id bigint generated always as identity primary key,
    project text not null,
    direction text not null,
    from_state text not null,
    to_state text not null,
    plan text not null,
    undoes bigint references pgattest.deployment,
    outcome text not null default 'unfinished',
    started_at timestamptz not null default pg_catalog.clock_timestamp(),
    finished_at timestamptz
);
comment on table pgattest.deployment is
    'Deployments of index changes by pgattest. outcome is unfinished, done or undone.';
create table pgattest.deployment_step (
    id bigint generated always as identity primary key,
    deployment bigint not null references pgattest.deployment,
    position integer not null,
    key text not null,
    kind text not null,
    object text not null,
    index_schema text,
    index_name text,
    sql text not null,
    before_definition text,
    before_constraint text,
    before_checked text,
    before_comment text,
    operator text not null,
    host text not null,
    process bigint not null,
    outcome text not null default 'running',
    message text not null default '',
    retries integer not null default 0,
    waited_for text not null default '',
    started_at timestamptz not null default pg_catalog.clock_timestamp(),
    finished_at timestamptz
);
comment on table pgattest.deployment_step is
    'Every attempt at a step, written before and after it. outcome is running, done or failed; what before says of the index is what a rollback restores.'
