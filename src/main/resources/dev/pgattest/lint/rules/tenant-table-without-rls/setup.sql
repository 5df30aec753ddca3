do $$ begin
    create role pgattest_lint_program;
exception when duplicate_object then null;
end $$;
