create table bookings (id bigint primary key, during tsrange not null);
insert into bookings
select n, tsrange(timestamp '2025-01-01' + n * interval '1 hour', timestamp '2025-01-01' + (n + 1) * interval '1 hour')
from generate_series(1, 1000) as n;
