set lock_timeout = '2s';

create table attribution_events (
    id                     uuid        primary key default gen_random_uuid(),
    tenant_id              uuid        not null references tenants (id) on delete cascade,
    session_id             uuid,
    source                 text        not null,
    external_event_id      text,
    correlation_id         uuid,
    idempotency_key        text        not null,
    event_type             text        not null,
    -- pgattest:allow foreign-key-without-index: channels are reference data and are never deleted
    channel                text        not null references channel_taxonomy (code),
    conversion_value_cents bigint      not null,
    currency               text        not null default 'USD',
    event_timestamp        timestamptz not null,
    processing_status      text        not null default 'pending',
    retry_count            smallint    not null default 0,
    claimed_by             text,
    claimed_at             timestamptz,
    processed_at           timestamptz,
    raw_payload            jsonb       not null,
    created_at             timestamptz not null default now(),
    updated_at             timestamptz not null default now(),
    constraint attribution_events_source_legal check (source in ('shopify', 'woocommerce', 'paypal', 'stripe')),
    constraint attribution_events_identified
        check (case when source = 'stripe' then correlation_id is not null and external_event_id is null
                    else external_event_id is not null end),
    constraint attribution_events_value_not_negative check (conversion_value_cents >= 0),
    constraint attribution_events_currency_form check (currency ~ '^[A-Z]{3}$'),
    constraint attribution_events_type_legal check (event_type in ('purchase', 'subscription', 'lead', 'signup')),
    constraint attribution_events_status_legal
        check (processing_status in ('pending', 'processing', 'processed', 'failed')),
    constraint attribution_events_retries_not_negative check (retry_count >= 0),
    constraint attribution_events_claim_named
        check (processing_status = 'pending' or (claimed_by is not null and claimed_at is not null))
);
comment on table attribution_events is 'Conversions as they were received, and the queue of those still to be attributed.';
comment on column attribution_events.external_event_id is 'The id that the source gave the event; Stripe gives none.';
comment on column attribution_events.correlation_id is 'What identifies an event of a source that gives no id.';
comment on column attribution_events.claimed_by is 'The worker that holds or finished the event; null while it waits.';
comment on column attribution_events.raw_payload is
    'The event as received, kept for audit. No query filters on it, so it has no GIN index.';

create index idx_events_tenant_timestamp on attribution_events (tenant_id, event_timestamp desc);
comment on index idx_events_tenant_timestamp is
    'Serves Q3 and Q8, the latest events of a tenant, and the delete cascade from tenants.';

create unique index idx_events_idempotency on attribution_events (tenant_id, idempotency_key);
comment on index idx_events_idempotency is
    'Serves Q4 and lets a key be used once a tenant. A key unique across tenants would let one tenant block another.';

create unique index idx_attribution_events_tenant_external_event_id on attribution_events (tenant_id, external_event_id)
    where external_event_id is not null;
comment on index idx_attribution_events_tenant_external_event_id is
    'Lets an id of a source be used once a tenant, whichever of its sources gave it.';

create unique index idx_attribution_events_tenant_correlation_id on attribution_events (tenant_id, correlation_id)
    where correlation_id is not null and external_event_id is null;
comment on index idx_attribution_events_tenant_correlation_id is
    'Lets a correlation id be used once a tenant where the source gives no id.';

create index idx_events_processing_status on attribution_events (processing_status, event_timestamp)
    where processing_status = 'pending';
comment on index idx_events_processing_status is 'Serves Q2: the events that wait, oldest first.';
