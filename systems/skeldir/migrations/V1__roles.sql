-- Roles belong to the cluster, not to the database, so they may be there already, made by somebody who may create roles.
-- None of them can log in: the application connects as a login role of its own and takes one of these with SET ROLE.
--   skeldir_app       the application, for one tenant at a time
--   skeldir_gateway   finds the tenant of an API key, nothing else
--   skeldir_worker    attributes events and retries failed ones, of all tenants
--   skeldir_operator  reads failures and runs of all tenants, changes the lifecycle of channels
--   skeldir_privacy   looks for personal data, of all tenants
--   skeldir_rollup    owns and refreshes what is derived from the rows of all tenants
do $$
declare
    role_name text;
begin
    foreach role_name in array array['skeldir_app', 'skeldir_gateway', 'skeldir_worker', 'skeldir_operator',
                                     'skeldir_privacy', 'skeldir_rollup'] loop
        if not exists (select from pg_catalog.pg_roles where rolname = role_name) then
            begin
                execute format('create role %I nologin', role_name);
            exception when duplicate_object or unique_violation then
                null; -- another session created it meanwhile
            end;
        end if;
    end loop;
end
$$;
