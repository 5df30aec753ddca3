do $$
begin
    if not exists (select from pg_class where relname = 'orders_customer') then
        create index concurrently orders_customer on orders (customer_id);
    end if;
end
$$;
