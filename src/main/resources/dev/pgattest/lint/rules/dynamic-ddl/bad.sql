set lock_timeout = '2s';
do $$
declare
    command text;
begin
    select 'comment on table orders is ' || quote_literal(now()::text) into command;
    execute 'comment on ' || command;
end
$$;
