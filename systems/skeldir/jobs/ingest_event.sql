-- Names no index: whichever of the three keys says that the event is known, it is not taken in again.
insert into attribution_events (tenant_id, source, external_event_id, idempotency_key, event_type, channel,
                                conversion_value_cents, event_timestamp, raw_payload)
values (:tenant_id, :source, :external_event_id, :idempotency_key, 'purchase', 'email', 4200, :event_timestamp,
        '{"source": "shopify", "order": {"number": "ORD-1", "lines": [{"sku": "A-1", "count": 2}]}}')
on conflict do nothing
returning id
