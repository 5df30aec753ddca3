-- What a person would write to fill the migrated tables: as many rows, the same columns, keys and indexes in place.
-- Run by psql with -v events=NUMBER. Allocations are five an event and ledger entries one for fifty allocations, as in
-- systems/skeldir/dataset.yaml; the skew of that file is left out, which only makes this script faster.

insert into tenants (id, name, api_key_hash, notification_email)
select gen_random_uuid(), 'Tenant ' || n, 'sha256:' || md5(n::text), 'ops@tenant-' || n || '.example'
from generate_series(1, 100) as n;

create temporary table tenant_ids as
select row_number() over () as n, id from tenants;
create index on tenant_ids (n);
analyze tenant_ids;

insert into attribution_events (id, tenant_id, session_id, idempotency_key, event_type, channel, conversion_value_cents,
                                currency, event_timestamp, processing_status, retry_count, claimed_by, claimed_at,
                                processed_at, raw_payload, created_at, updated_at)
select gen_random_uuid(), tenant_ids.id, case when random() < 0.8 then gen_random_uuid() end, 'evt_' || md5(event.n::text),
       (array['purchase', 'lead', 'signup', 'subscription'])[1 + floor(random() * 4)::integer],
       (array['google_search_paid', 'facebook_paid', 'email', 'direct'])[1 + floor(random() * 4)::integer],
       500 + floor(random() * 49500), 'USD', happened_at, 'processed', 0, 'worker-' || 1 + event.n % 4,
       happened_at + interval '3 s', happened_at + interval '6 s',
       jsonb_build_object('source', 'shopify', 'order', 'ORD-' || event.n, 'items', 1 + event.n % 9, 'campaign', 'spring'),
       happened_at + interval '1 s', happened_at + interval '5 s'
from (select n, 1 + floor(random() * 100)::integer as tenant, timestamptz '2024-01-01' + random() * interval '90 days' as happened_at
      from generate_series(1, :events) as n) as event
join tenant_ids on tenant_ids.n = event.tenant;

insert into attribution_allocations (id, tenant_id, event_id, channel_code, allocation_ratio, allocated_revenue_cents,
                                     model_type, model_version, confidence_score, created_at)
select gen_random_uuid(), tenant_id, id, channel, 0.2, conversion_value_cents / 5, 'data_driven', '1.0.0',
       0.5 + random() * 0.499, event_timestamp + random() * interval '10 min'
from attribution_events, generate_series(1, 5);

insert into revenue_ledger (id, tenant_id, allocation_id, order_id, amount_cents, currency, state, created_at, updated_at)
select gen_random_uuid(), tenant_id, id, 'ORD-' || n, allocated_revenue_cents, 'USD', 'captured',
       created_at + interval '1 min', created_at + interval '3 min'
from (select *, row_number() over () as n from attribution_allocations) as allocation
where n % 50 = 0;

vacuum (analyze);
