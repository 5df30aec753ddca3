-- What no application may break. A dataset is loaded with triggers off; its rows keep these rules by themselves.
set lock_timeout = '2s';

-- 1. A reference stays inside its tenant. The server checks foreign keys without row-level security: without this, a tenant could
-- refer to another's row, and learn from the answer that it exists. Runs with the caller's rights, and answers both cases alike.
create function require_same_tenant() returns trigger
    language plpgsql
    set search_path = public, pg_temp
as $$
declare
    column_name  text := tg_argv[0];
    table_name   text := tg_argv[1];
    reference    uuid;
    is_reachable boolean;
begin
    reference := (to_jsonb(new) ->> column_name)::uuid;
    if reference is null then
        return new;
    end if;
    execute format('select exists (select from %I where id = $1 and tenant_id = $2)', table_name)
        into is_reachable using reference, new.tenant_id;
    if not is_reachable then
        raise foreign_key_violation using message = format('the tenant has no row %s in %s', reference, table_name);
    end if;
    return new;
end
$$;

create trigger a_same_tenant before insert or update of event_id, tenant_id on attribution_allocations
    for each row execute function require_same_tenant('event_id', 'attribution_events');
create trigger a_same_tenant before insert or update of allocation_id, tenant_id on revenue_ledger
    for each row execute function require_same_tenant('allocation_id', 'attribution_allocations');
create trigger a_same_tenant before insert on channel_assignment_corrections
    for each row execute function require_same_tenant('event_id', 'attribution_events');
create trigger a_same_tenant before insert on investigation_tool_calls
    for each row execute function require_same_tenant('investigation_id', 'investigations');

-- 2. Audit rows are written once. They go with their tenant and in no other way.
create function refuse_change() returns trigger
    language plpgsql
    set search_path = public, pg_temp
as $$
begin
    if tg_op = 'DELETE' and not exists (select from tenants where id = old.tenant_id) then
        return old;
    end if;
    raise restrict_violation using
        message = format('%s keeps its rows as they were written', tg_table_name),
        hint = 'Write another row that corrects it.';
end
$$;

create trigger immutable before update or delete on revenue_state_transitions
    for each row execute function refuse_change();
create trigger immutable before update or delete on channel_state_transitions
    for each row execute function refuse_change();
create trigger immutable before update or delete on channel_assignment_corrections
    for each row execute function refuse_change();
create trigger immutable before update or delete on pii_audit_findings
    for each row execute function refuse_change();
create trigger immutable before update or delete on investigation_tool_calls
    for each row execute function refuse_change();
create trigger immutable before update or delete on llm_api_calls
    for each row execute function refuse_change();

create function refuse_truncate() returns trigger
    language plpgsql
    set search_path = public, pg_temp
as $$
begin
    raise restrict_violation using message = format('%s keeps its rows', tg_table_name);
end
$$;

create trigger immutable_whole before truncate on revenue_state_transitions execute function refuse_truncate();
create trigger immutable_whole before truncate on channel_state_transitions execute function refuse_truncate();
create trigger immutable_whole before truncate on channel_assignment_corrections execute function refuse_truncate();
create trigger immutable_whole before truncate on pii_audit_findings execute function refuse_truncate();
create trigger immutable_whole before truncate on investigation_tool_calls execute function refuse_truncate();
create trigger immutable_whole before truncate on llm_api_calls execute function refuse_truncate();

-- 3. Money moves along legal paths only, and each step is recorded, by the owner's rights: the application cannot forge a record.
create function revenue_may_go(from_state text, to_state text) returns boolean
    language sql
    immutable
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select (coalesce(from_state, 'booked'), to_state) in (
        ('booked', 'pending'), ('booked', 'authorized'), ('booked', 'captured'),
        ('pending', 'authorized'), ('pending', 'captured'),
        ('authorized', 'captured'),
        ('captured', 'settled'), ('captured', 'refunded'), ('captured', 'chargeback'),
        ('settled', 'refunded'), ('settled', 'chargeback'),
        -- A dispute that the merchant wins.
        ('chargeback', 'captured'))
$$;
comment on function revenue_may_go(text, text) is 'Whether a ledger entry may change its state so; null stands for not booked yet.';

create function record_revenue_state() returns trigger
    language plpgsql
    security definer
    set search_path = public, pg_temp
as $$
declare
    from_state text;
begin
    if tg_op = 'UPDATE' then
        if new.state = old.state then
            return null;
        end if;
        from_state := old.state;
    end if;
    if not revenue_may_go(from_state, new.state) then
        raise check_violation using
            message = format('revenue cannot go from %s to %s', coalesce(from_state, 'nothing'), new.state),
            constraint = 'revenue_ledger_state_path';
    end if;
    insert into revenue_state_transitions (tenant_id, ledger_id, from_state, to_state, reason)
    values (new.tenant_id, new.id, from_state, new.state, nullif(current_setting('app.change_reason', true), ''));
    return null;
end
$$;
revoke execute on function record_revenue_state() from public;

create trigger record_state after insert or update of state on revenue_ledger
    for each row execute function record_revenue_state();

-- 4. A channel lives from draft to archive. The tenant on whose request it changes is the session's.
create function record_channel_state() returns trigger
    language plpgsql
    security definer
    set search_path = public, pg_temp
as $$
declare
    asked_by uuid := nullif(current_setting('app.current_tenant_id', true), '')::uuid;
begin
    if new.state = old.state then
        return null;
    end if;
    if (old.state, new.state) not in (
        ('draft', 'active'), ('draft', 'archived'), ('active', 'deprecated'), ('deprecated', 'active'), ('deprecated', 'archived'))
    then
        raise check_violation using
            message = format('a channel cannot go from %s to %s', old.state, new.state),
            constraint = 'channel_taxonomy_state_path';
    end if;
    if asked_by is null then
        raise not_null_violation using
            message = 'a channel changes on behalf of a tenant',
            hint = 'Set app.current_tenant_id to the one that asked for it.';
    end if;
    insert into channel_state_transitions (tenant_id, channel_code, from_state, to_state)
    values (asked_by, new.code, old.state, new.state);
    return null;
end
$$;
revoke execute on function record_channel_state() from public;

create trigger record_state after update of state on channel_taxonomy
    for each row execute function record_channel_state();

-- 5. What a model version allocates of an event is the event's value, to a cent. Deferred, because allocations come one by one;
-- all of a version may be deleted, for a new attribution run.
create function require_whole_allocation() returns trigger
    language plpgsql
    set search_path = public, pg_temp
as $$
declare
    whole uuid := case tg_table_name
        when 'attribution_events' then (to_jsonb(new) ->> 'id')::uuid
        else (to_jsonb(coalesce(new, old)) ->> 'event_id')::uuid end;
    wrong record;
begin
    -- Two transactions that allocate the same event at once check one after the other; the second then sees the rows of the first,
    -- unless it asked for a snapshot of before.
    perform from attribution_events where id = whole for no key update;
    select allocation.model_version, event.conversion_value_cents as value, sum(allocation.allocated_revenue_cents) as allocated
    into wrong
    from attribution_allocations as allocation
    join attribution_events as event on event.id = allocation.event_id
    where allocation.event_id = whole
    group by allocation.model_version, event.conversion_value_cents
    having abs(sum(allocation.allocated_revenue_cents) - event.conversion_value_cents) > 1
    limit 1;
    if found then
        raise check_violation using
            message = format('model version %s allocates %s of %s cents', wrong.model_version, wrong.allocated, wrong.value),
            constraint = 'attribution_allocations_whole';
    end if;
    return null;
end
$$;

create constraint trigger whole_allocation after insert or update or delete on attribution_allocations
    deferrable initially deferred
    for each row execute function require_whole_allocation();
create constraint trigger whole_allocation after update of conversion_value_cents on attribution_events
    deferrable initially deferred
    for each row execute function require_whole_allocation();

-- 6. Each step of an agent is charged to its investigation, whose checks end it at thirty cents; after a minute there are no more
-- steps. The update locks the investigation, so that two steps at once cannot overrun it together.
create function charge_investigation() returns trigger
    language plpgsql
    security definer
    set search_path = public, pg_temp
as $$
begin
    update investigations
    set cost_cents = cost_cents + new.cost_cents
    where id = new.investigation_id
      and tenant_id = new.tenant_id
      and state = 'running'
      and clock_timestamp() <= started_at + interval '60 seconds';
    if not found then
        raise check_violation using
            message = 'the investigation has ended or its minute is over',
            constraint = 'investigations_at_most_60_s';
    end if;
    return new;
end
$$;
revoke execute on function charge_investigation() from public;

create trigger b_charge before insert on investigation_tool_calls
    for each row execute function charge_investigation();

-- 7. The costs of a month, from the calls, as often as you like. It takes a lock of its own: two at once would wait for each other's rows.
create function roll_up_llm_costs(any_day date) returns bigint
    language plpgsql
    set search_path = public, pg_temp
    set timezone = 'UTC'
as $$
declare
    first_day date := date_trunc('month', any_day)::date;
    changed   bigint;
begin
    perform pg_advisory_xact_lock('llm_monthly_costs'::regclass::oid::bigint);
    insert into llm_monthly_costs as known (tenant_id, month, endpoint, model, calls, input_tokens, output_tokens, cost_cents)
    select tenant_id, first_day, endpoint, model, count(*), sum(input_tokens), sum(output_tokens), sum(cost_cents)
    from llm_api_calls
    where created_at >= first_day::timestamptz and created_at < (first_day + interval '1 month')::timestamptz
    group by tenant_id, endpoint, model
    order by tenant_id, endpoint, model
    on conflict (tenant_id, month, endpoint, model) do update
    set calls = excluded.calls,
        input_tokens = excluded.input_tokens,
        output_tokens = excluded.output_tokens,
        cost_cents = excluded.cost_cents
    where (known.calls, known.input_tokens, known.output_tokens, known.cost_cents)
          is distinct from (excluded.calls, excluded.input_tokens, excluded.output_tokens, excluded.cost_cents);
    get diagnostics changed = row_count;
    return changed;
end
$$;
comment on function roll_up_llm_costs(date) is 'Sums the calls of the UTC month that a day lies in, and returns the rows that changed.';
revoke execute on function roll_up_llm_costs(date) from public;
grant execute on function roll_up_llm_costs(date) to skeldir_rollup;
