create table events (id bigint not null, at timestamptz not null) partition by range (at);
create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_other partition of events default;
