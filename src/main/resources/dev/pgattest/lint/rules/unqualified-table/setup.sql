create schema sales;
-- whoever runs the files has another search_path, which the files do not tell
do $$ begin
    execute (select format('alter database %I set search_path = sales, public', current_database()));
end $$;
