-- Documents from outside must not carry personal data under keys that say so, at any depth, however the key is written: firstName,
-- first_name and FIRST-NAME are the same. What the values say is not looked at.
set lock_timeout = '2s';

create function first_pii_key(document jsonb) returns text
    language sql
    immutable
    strict
    parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select found.key
    from jsonb_path_query(document, 'strict $.** ? (@.type() == "object").keyvalue().key') as member(name)
    cross join lateral (select member.name #>> '{}') as found(key)
    where regexp_replace(lower(found.key), '[^a-z0-9]', '', 'g') in (
        'email', 'emailaddress', 'customeremail', 'phone', 'phonenumber', 'mobile', 'mobilenumber',
        'name', 'firstname', 'lastname', 'fullname', 'customername', 'cardholder', 'cardholdername',
        'address', 'addressline1', 'addressline2', 'streetaddress', 'billingaddress', 'shippingaddress', 'postalcode', 'zipcode',
        'ip', 'ipaddress', 'clientip', 'remoteaddr', 'dateofbirth', 'birthdate', 'dob',
        'ssn', 'socialsecuritynumber', 'taxid', 'passportnumber', 'driverlicense',
        'cardnumber', 'creditcard', 'creditcardnumber', 'cvv', 'iban', 'accountnumber')
    order by found.key
    limit 1
$$;
comment on function first_pii_key(jsonb) is 'A key of the document, at any depth, that names personal data; null when there is none.';

create function refuse_pii() returns trigger
    language plpgsql
    set search_path = public, pg_temp
as $$
declare
    column_name text := tg_argv[0];
    pii_key     text := first_pii_key(to_jsonb(new) -> column_name);
begin
    if pii_key is not null then
        raise check_violation using
            message = format('%s.%s carries personal data under the key %s', tg_table_name, column_name, pii_key),
            hint = 'Remove the key before the document is stored.';
    end if;
    return new;
end
$$;

create trigger refuse_pii before insert or update of raw_payload on attribution_events
    for each row execute function refuse_pii('raw_payload');
create trigger refuse_pii before insert or update of raw_payload on dead_events
    for each row execute function refuse_pii('raw_payload');
create trigger refuse_pii before insert or update of arguments on investigation_tool_calls
    for each row execute function refuse_pii('arguments');
create trigger refuse_pii before insert or update of response on llm_validation_failures
    for each row execute function refuse_pii('response');

-- Finds what came in before the rules above, or around them. The document's function left tenant_id out.
create function fn_scan_pii_contamination() returns bigint
    language sql
    set search_path = public, pg_temp
as $$
    with found as (
        insert into pii_audit_findings (tenant_id, table_name, column_name, record_id, pii_key)
        select tenant_id, table_name, column_name, record_id, pii_key
        from (
            select tenant_id, 'attribution_events', 'raw_payload', id, first_pii_key(raw_payload) from attribution_events
            union all
            select tenant_id, 'dead_events', 'raw_payload', id, first_pii_key(raw_payload) from dead_events
            union all
            select tenant_id, 'investigation_tool_calls', 'arguments', id, first_pii_key(arguments) from investigation_tool_calls
            union all
            select tenant_id, 'llm_validation_failures', 'response', id, first_pii_key(response) from llm_validation_failures
        ) as document (tenant_id, table_name, column_name, record_id, pii_key)
        where pii_key is not null
        on conflict do nothing
        returning 1
    )
    select count(*) from found
$$;
comment on function fn_scan_pii_contamination() is
    'Records documents with personal data in pii_audit_findings, and returns how many are new. A second scan finds none.';
revoke execute on function fn_scan_pii_contamination() from public;
grant execute on function fn_scan_pii_contamination() to skeldir_privacy;
