set lock_timeout = '2s';

create table attribution_allocations (
    id                      uuid          primary key default gen_random_uuid(),
    tenant_id               uuid          not null references tenants (id) on delete cascade,
    event_id                uuid          not null references attribution_events (id) on delete cascade,
    channel_code            text          not null references channel_taxonomy (code),
    allocation_ratio        numeric(7, 6) not null,
    allocated_revenue_cents bigint        not null,
    model_type              text          not null,
    model_version           text          not null,
    confidence_score        numeric(4, 3) not null,
    model_metadata          jsonb         not null default '{}',
    created_at              timestamptz   not null default now(),
    constraint attribution_allocations_ratio_range check (allocation_ratio between 0 and 1),
    constraint attribution_allocations_confidence_range check (confidence_score between 0 and 1),
    constraint attribution_allocations_revenue_not_negative check (allocated_revenue_cents >= 0),
    constraint attribution_allocations_model_legal
        check (model_type in ('first_touch', 'last_touch', 'linear', 'time_decay', 'data_driven'))
);
comment on table attribution_allocations is
    'The share of an event''s value that one touch of a channel earned. A channel can touch an event more than once.';
comment on column attribution_allocations.model_metadata is
    'What the model wants to remember. No query filters on it, so it has no GIN index.';

create index idx_attribution_allocations_tenant_created_at on attribution_allocations (tenant_id, created_at desc);
comment on index idx_attribution_allocations_tenant_created_at is
    'Serves the allocations of a tenant in a period (Q1, Q6) and the delete cascade from tenants.';

create index idx_attribution_allocations_channel on attribution_allocations (channel_code);
comment on index idx_attribution_allocations_channel is 'Meant for channel performance queries.';

create index idx_attribution_allocations_event_id on attribution_allocations (event_id);
comment on index idx_attribution_allocations_event_id is
    'Serves the allocations of an event and the delete cascade from attribution_events.';
