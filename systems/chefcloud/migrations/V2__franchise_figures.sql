set lock_timeout = '2s';

create table franchise_overview (
    id                bigint generated always as identity primary key,
    -- pgattest:allow foreign-key-without-index: organisations are never deleted
    org_id            bigint not null references organisations (id),
    -- pgattest:allow foreign-key-without-index: branches are never deleted
    branch_id         bigint not null references branches (id),
    period            date   not null,
    gross_sales_cents bigint not null,
    orders            bigint not null,
    guests            bigint not null,
    constraint franchise_overview_first_of_month check (extract(day from period) = 1),
    constraint franchise_overview_not_negative check (gross_sales_cents >= 0 and orders >= 0 and guests >= 0)
);
comment on table franchise_overview is 'One row a branch and month.';
comment on column franchise_overview.period is 'The first day of the month.';

create table franchise_rankings (
    id        bigint        generated always as identity primary key,
    -- pgattest:allow foreign-key-without-index: organisations are never deleted
    org_id    bigint        not null references organisations (id),
    -- pgattest:allow foreign-key-without-index: branches are never deleted
    branch_id bigint        not null references branches (id),
    metric    text          not null,
    period    date          not null,
    score     numeric(9, 3) not null,
    constraint franchise_rankings_metric_legal check (metric in ('sales_growth', 'food_cost', 'guest_rating'))
);
comment on table franchise_rankings is 'The score of a branch in a metric and month; the highest ranks first.';

create table franchise_budgets (
    id            bigint generated always as identity primary key,
    -- pgattest:allow foreign-key-without-index: organisations are never deleted
    org_id        bigint not null references organisations (id),
    -- pgattest:allow foreign-key-without-index: branches are never deleted
    branch_id     bigint not null references branches (id),
    cost_center   text   not null,
    period        date   not null,
    planned_cents bigint not null,
    actual_cents  bigint not null,
    constraint franchise_budgets_cost_center_legal check (cost_center in ('food', 'labour', 'rent', 'energy'))
);
comment on table franchise_budgets is 'What a branch planned to spend and spent, by cost center and month.';
