-- Rows of these tables are written once. V10 and V11 make the database see to that, and write most of them.
set lock_timeout = '2s';

create table revenue_state_transitions (
    id             uuid        primary key default gen_random_uuid(),
    tenant_id      uuid        not null references tenants (id) on delete cascade,
    ledger_id      uuid        not null references revenue_ledger (id) on delete cascade,
    from_state     text,
    to_state       text        not null,
    changed_by     text        not null default session_user,
    reason         text,
    transitioned_at timestamptz not null default now(),
    constraint revenue_state_transitions_moves check (from_state is distinct from to_state)
);
comment on table revenue_state_transitions is 'Every state that a ledger entry was in: booked, captured, refunded, charged back.';
comment on column revenue_state_transitions.from_state is 'Null where the entry was booked.';

create index idx_revenue_state_transitions_ledger on revenue_state_transitions (ledger_id, transitioned_at);
comment on index idx_revenue_state_transitions_ledger is
    'Serves the history of a ledger entry and the delete cascade from revenue_ledger.';
create index idx_revenue_state_transitions_tenant on revenue_state_transitions (tenant_id, transitioned_at desc);
comment on index idx_revenue_state_transitions_tenant is
    'Serves the latest refunds and chargebacks of a tenant and the delete cascade from tenants.';

create table channel_state_transitions (
    id              uuid        primary key default gen_random_uuid(),
    tenant_id       uuid        not null references tenants (id) on delete cascade,
    -- pgattest:allow foreign-key-without-index: channels are reference data and are never deleted
    channel_code    text        not null references channel_taxonomy (code),
    from_state      text        not null,
    to_state        text        not null,
    changed_by      text        not null default session_user,
    transitioned_at timestamptz not null default now(),
    constraint channel_state_transitions_moves check (from_state <> to_state)
);
comment on table channel_state_transitions is 'The life of channels: which tenant asked for a change of state, and when it was made.';

create index idx_channel_state_transitions_tenant on channel_state_transitions (tenant_id, transitioned_at desc);
comment on index idx_channel_state_transitions_tenant is 'Serves the changes that a tenant asked for and the delete cascade from tenants.';

create table channel_assignment_corrections (
    id           uuid        primary key default gen_random_uuid(),
    tenant_id    uuid        not null references tenants (id) on delete cascade,
    event_id     uuid        not null references attribution_events (id) on delete cascade,
    -- pgattest:allow foreign-key-without-index: channels are reference data and are never deleted
    from_channel text        not null references channel_taxonomy (code),
    -- pgattest:allow foreign-key-without-index: channels are reference data and are never deleted
    to_channel   text        not null references channel_taxonomy (code),
    corrected_by text        not null,
    reason       text        not null,
    corrected_at timestamptz not null default now(),
    constraint channel_assignment_corrections_moves check (from_channel <> to_channel)
);
comment on table channel_assignment_corrections is 'Channels that a person put right after an event had come in.';

create index idx_channel_assignment_corrections_tenant on channel_assignment_corrections (tenant_id, corrected_at desc);
comment on index idx_channel_assignment_corrections_tenant is
    'Serves the latest corrections of a tenant and the delete cascade from tenants.';
create index idx_channel_assignment_corrections_event on channel_assignment_corrections (event_id);
comment on index idx_channel_assignment_corrections_event is
    'Serves the corrections of an event and the delete cascade from attribution_events.';

create table pii_audit_findings (
    id          uuid        primary key default gen_random_uuid(),
    tenant_id   uuid        not null references tenants (id) on delete cascade,
    table_name  text        not null,
    column_name text        not null,
    record_id   uuid        not null,
    pii_key     text        not null,
    found_at    timestamptz not null default now(),
    constraint pii_audit_findings_place_key unique (tenant_id, table_name, column_name, record_id, pii_key)
);
comment on table pii_audit_findings is 'Personal data in documents, by the key that names it; the value is never copied.';
