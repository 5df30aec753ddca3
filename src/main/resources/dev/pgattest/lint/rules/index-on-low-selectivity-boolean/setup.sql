create table parcels (id bigint primary key, shipped boolean not null, placed_at timestamptz not null);
insert into parcels select n, n % 2 = 0, timestamptz '2025-01-01' + n * interval '1 minute' from generate_series(1, 5000) as n;
analyze parcels;
create function plan_of(query text) returns text language plpgsql as $$
declare
    line text;
    plan text := '';
begin
    for line in execute 'explain ' || query loop
        plan := plan || line;
    end loop;
    return plan;
end $$;
