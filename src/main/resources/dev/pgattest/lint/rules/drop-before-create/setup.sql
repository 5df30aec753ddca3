create index orders_customer on orders (customer_id);
create table gaps (at timestamptz not null);
create function note_gap() returns event_trigger language plpgsql as $$
begin
    insert into gaps
    select clock_timestamp()
    where not exists (select from pg_index where indrelid = 'orders'::regclass and indisvalid and indkey[0] = 2);
end $$;
create event trigger note_gap on ddl_command_end when tag in ('DROP INDEX') execute function note_gap();
