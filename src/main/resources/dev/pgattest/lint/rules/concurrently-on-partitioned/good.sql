set lock_timeout = '2s';
create index events_at on only events (at);
reset lock_timeout;
create index concurrently events_2024_at on events_2024 (at);
create index concurrently events_2025_at on events_2025 (at);
set lock_timeout = '2s';
alter index events_at attach partition events_2024_at;
alter index events_at attach partition events_2025_at;
