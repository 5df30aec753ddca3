set lock_timeout = '2s';
alter table events_2025 add constraint events_2025_bound check (at >= '2025-01-01' and at < '2026-01-01') not valid;
alter table events_2025 validate constraint events_2025_bound;
alter table events attach partition events_2025 for values from ('2025-01-01') to ('2026-01-01');
alter table events_2025 drop constraint events_2025_bound;
