set lock_timeout = '2s';

create table revenue_ledger (
    id                    uuid        primary key default gen_random_uuid(),
    tenant_id             uuid        not null references tenants (id) on delete cascade,
    allocation_id         uuid        references attribution_allocations (id) on delete set null,
    order_id              text        not null,
    amount_cents          bigint      not null,
    currency              text        not null default 'USD',
    original_amount_cents bigint,
    original_currency     text,
    exchange_rate         numeric(18, 8),
    state                 text        not null,
    created_at            timestamptz not null default now(),
    updated_at            timestamptz not null default now(),
    constraint revenue_ledger_amount_not_negative check (amount_cents >= 0),
    constraint revenue_ledger_currency_form check (currency ~ '^[A-Z]{3}$'),
    constraint revenue_ledger_conversion_whole
        check (num_nulls(original_amount_cents, original_currency, exchange_rate) in (0, 3)),
    constraint revenue_ledger_conversion_exact
        check (abs(amount_cents - original_amount_cents * exchange_rate) <= 1),
    constraint revenue_ledger_original_form
        check (original_currency ~ '^[A-Z]{3}$' and original_currency <> currency and original_amount_cents >= 0
               and exchange_rate > 0),
    constraint revenue_ledger_state_legal
        check (state in ('pending', 'authorized', 'captured', 'settled', 'refunded', 'chargeback'))
);
comment on table revenue_ledger is
    'Money that was booked. An entry outlives its allocation, which a new attribution run may replace.';
comment on column revenue_ledger.amount_cents is 'Never negative: the state says in which direction the money went.';

comment on column revenue_ledger.exchange_rate is
    'Original to booked currency; null, as are the other two, where the order was paid in the booked currency.';

create index idx_revenue_ledger_tenant_updated_at on revenue_ledger (tenant_id, updated_at desc);
comment on index idx_revenue_ledger_tenant_updated_at is
    'Serves the latest revenue of a tenant (R1), Q7, and the delete cascade from tenants.';

create unique index idx_revenue_ledger_tenant_allocation_id on revenue_ledger (tenant_id, allocation_id)
    where allocation_id is not null;
comment on index idx_revenue_ledger_tenant_allocation_id is 'Lets an allocation be posted once.';

create index idx_revenue_ledger_allocation_id on revenue_ledger (allocation_id) where allocation_id is not null;
comment on index idx_revenue_ledger_allocation_id is
    'Serves the foreign key: deleting an allocation looks for its entries by the allocation alone.';
