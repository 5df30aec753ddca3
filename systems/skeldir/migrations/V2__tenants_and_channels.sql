-- Neither table has row-level security. tenants is the root of isolation and has no tenant_id; the application may read
-- only the columns granted below, though of every tenant, which the proven state ends. channel_taxonomy is reference data, the
-- same for every tenant.

create table tenants (
    id                 uuid        primary key default gen_random_uuid(),
    name               text        not null,
    api_key_hash       text        not null,
    notification_email text        not null,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    constraint tenants_name_not_blank check (btrim(name) <> ''),
    constraint tenants_notification_email_form check (notification_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    constraint tenants_api_key_hash_key unique (api_key_hash)
);
comment on table tenants is 'One row a customer; everything else belongs to a tenant and is deleted with it.';

create index idx_tenants_name on tenants (name);
comment on index idx_tenants_name is 'Serves the administrative lookup of a tenant by name.';

grant select (id, name) on tenants to skeldir_app;
grant select (id, api_key_hash) on tenants to skeldir_gateway;
grant select (id, name) on tenants to skeldir_operator;

create table channel_taxonomy (
    code         text    primary key,
    family       text    not null,
    display_name text    not null,
    is_paid      boolean not null,
    state        text    not null default 'active',
    constraint channel_taxonomy_code_form check (code ~ '^[a-z][a-z0-9_]*$'),
    constraint channel_taxonomy_state_legal check (state in ('draft', 'active', 'deprecated', 'archived'))
);
comment on table channel_taxonomy is 'The legal channel codes, the family that each is reported under, and where it is in its life.';

insert into channel_taxonomy (code, family, display_name, is_paid) values
    ('google_search_paid', 'paid_search', 'Google Search Ads', true),
    ('facebook_paid', 'paid_social', 'Facebook Ads', true),
    ('email', 'owned', 'Email', false),
    ('tiktok_paid', 'paid_social', 'TikTok Ads', true),
    ('google_organic', 'organic_search', 'Google Organic', false),
    ('direct', 'direct', 'Direct', false),
    ('referral', 'referral', 'Referral', false),
    ('affiliate', 'partner', 'Affiliates', true),
    ('youtube_paid', 'paid_video', 'YouTube Ads', true),
    ('linkedin_paid', 'paid_social', 'LinkedIn Ads', true),
    ('pinterest_paid', 'paid_social', 'Pinterest Ads', true),
    ('display_paid', 'paid_display', 'Display Network', true);

grant select on channel_taxonomy to skeldir_app;
grant select, update (state) on channel_taxonomy to skeldir_operator;
