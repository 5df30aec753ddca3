set lock_timeout = '2s';

create table inventory_batches (
    id          bigint      generated always as identity primary key,
    -- pgattest:allow foreign-key-without-index: organisations are never deleted
    org_id      bigint      not null references organisations (id),
    -- pgattest:allow foreign-key-without-index: products are never deleted
    sku         text        not null references products (sku),
    quantity    integer     not null,
    received_at timestamptz not null,
    expires_at  timestamptz not null,
    constraint inventory_batches_not_negative check (quantity >= 0)
);
comment on table inventory_batches is 'Deliveries of a product; a batch that is used up has quantity 0.';

create table purchase_orders (
    id          bigint      generated always as identity primary key,
    -- pgattest:allow foreign-key-without-index: organisations are never deleted
    org_id      bigint      not null references organisations (id),
    supplier    text        not null,
    status      text        not null,
    total_cents bigint      not null,
    created_at  timestamptz not null default now(),
    constraint purchase_orders_status_legal check (status in ('draft', 'approved', 'sent', 'received', 'cancelled'))
);

create table payments (
    id           bigint      generated always as identity primary key,
    -- pgattest:allow foreign-key-without-index: organisations are never deleted
    org_id       bigint      not null references organisations (id),
    method       text        not null,
    status       text        not null,
    amount_cents bigint      not null,
    created_at   timestamptz not null default now(),
    constraint payments_status_legal check (status in ('pending', 'settled', 'failed', 'refunded'))
);
