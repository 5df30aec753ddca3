set lock_timeout = '2s';

create table dead_events (
    id              uuid        primary key default gen_random_uuid(),
    tenant_id       uuid        not null references tenants (id) on delete cascade,
    source          text        not null,
    error_code      text        not null,
    error_detail    jsonb       not null default '{}',
    raw_payload     jsonb       not null,
    state           text        not null default 'waiting',
    retry_count     smallint    not null default 0,
    max_retries     smallint    not null default 5,
    last_retried_at timestamptz,
    next_retry_at   timestamptz,
    ingested_at     timestamptz not null default now(),
    constraint dead_events_state_legal check (state in ('waiting', 'resolved', 'abandoned')),
    constraint dead_events_retries_bounded check (retry_count between 0 and max_retries),
    constraint dead_events_retries_dated check ((retry_count = 0) = (last_retried_at is null)),
    constraint dead_events_next_retry check ((state = 'waiting') = (next_retry_at is not null))
);
comment on table dead_events is 'Events that could not be taken in: why, and when they are tried again.';
comment on column dead_events.next_retry_at is 'When it is due; null once it is resolved or given up.';

create index idx_dead_events_tenant_ingested_at on dead_events (tenant_id, ingested_at desc);
comment on index idx_dead_events_tenant_ingested_at is
    'Serves the latest failures of a tenant and the delete cascade from tenants.';

create index idx_dead_events_source on dead_events (source);
comment on index idx_dead_events_source is 'Meant for the failures of a source.';

create index idx_dead_events_error_code on dead_events (error_code);
comment on index idx_dead_events_error_code is 'Meant for the failures of a kind.';

create index idx_dead_events_next_retry_at on dead_events (next_retry_at) where state = 'waiting';
comment on index idx_dead_events_next_retry_at is 'Serves the worker that retries: what is due, the longest due first.';

create table reconciliation_runs (
    id                uuid        primary key default gen_random_uuid(),
    tenant_id         uuid        not null references tenants (id) on delete cascade,
    state             text        not null default 'running',
    last_run_at       timestamptz not null default now(),
    finished_at       timestamptz,
    matched_entries   bigint      not null default 0,
    unmatched_entries bigint      not null default 0,
    drift_cents       bigint      not null default 0,
    run_metadata      jsonb       not null default '{}',
    constraint reconciliation_runs_state_legal check (state in ('running', 'completed', 'failed')),
    constraint reconciliation_runs_finished check ((state = 'running') = (finished_at is null)),
    constraint reconciliation_runs_counts_not_negative check (matched_entries >= 0 and unmatched_entries >= 0)
);
comment on table reconciliation_runs is 'Comparisons of booked revenue with the allocations that it came from.';

create index idx_reconciliation_runs_tenant_last_run_at on reconciliation_runs (tenant_id, last_run_at desc);
comment on index idx_reconciliation_runs_tenant_last_run_at is
    'Serves the latest run of a tenant and the delete cascade from tenants.';

create index idx_reconciliation_runs_state on reconciliation_runs (state);
comment on index idx_reconciliation_runs_state is 'Serves the runs that have not ended.';
