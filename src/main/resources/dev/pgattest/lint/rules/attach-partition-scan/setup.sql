create table events (id bigint not null, at timestamptz not null, body text) partition by range (at);
create table events_2025 (id bigint not null, at timestamptz not null, body text);
insert into events_2025 select n, timestamptz '2025-01-01' + n * interval '1 hour', 'event' from generate_series(1, 1000) as n;
