set lock_timeout = '2s';
do $$
begin
    execute format('comment on table orders is %L', now());
end
$$;
