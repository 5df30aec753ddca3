create schema sales;
-- whoever runs the files has another search_path
do $$ begin
    execute format('alter database %I set search_path = sales, public', current_database());
end $$;
