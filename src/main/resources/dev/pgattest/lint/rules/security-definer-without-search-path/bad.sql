create function order_total(wanted bigint) returns numeric
    language plpgsql stable security definer
    as $$ begin return (select total from orders where id = wanted); end $$;
