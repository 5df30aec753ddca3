-- One line for everything in the user's schemas that a migration or an index change can alter, sorted, without oids.
-- Two databases with the same lines have the same schema.
with
    user_schema as (
        select oid, nspname
        from pg_catalog.pg_namespace
        where nspname !~ '^pg_' and nspname not in ('information_schema', 'pgattest')
    ),
    user_relation as (
        select c.*, s.nspname, pg_catalog.format('%I.%I', s.nspname, c.relname) as name
        from pg_catalog.pg_class as c
        join user_schema as s on s.oid = c.relnamespace
        where c.relname not like 'flyway\_schema\_history%'
          and not exists (
              select 1
              from pg_catalog.pg_depend as d
              where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')
    ),
    line(line) as (
        select pg_catalog.format('schema %I owner %s acl %s', s.nspname, pg_catalog.pg_get_userbyid(n.nspowner), coalesce(n.nspacl::text, '-'))
        from user_schema as s
        join pg_catalog.pg_namespace as n on n.oid = s.oid

        union all
        select pg_catalog.format(
            'relation %s kind %s persistence %s rls %s force %s replica %s options %s acl %s am %s',
            r.name, r.relkind, r.relpersistence, r.relrowsecurity, r.relforcerowsecurity,
            case when r.relkind in ('r', 'p', 'm') then r.relreplident::text else '-' end,
            coalesce(r.reloptions::text, '-'), coalesce(r.relacl::text, '-'), coalesce(a.amname, '-'))
        from user_relation as r
        left join pg_catalog.pg_am as a on a.oid = r.relam
        where r.relkind in ('r', 'p', 'v', 'm', 'f', 'S')

        union all
        select pg_catalog.format(
            'column %s %I type %s not null %s default %s identity %s generated %s collation %s statistics %s storage %s acl %s',
            r.name, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
            coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), '-'), a.attidentity, a.attgenerated,
            coalesce(a.attcollation::pg_catalog.regcollation::text, '-'), a.attstattarget, a.attstorage,
            coalesce(a.attacl::text, '-'))
        from user_relation as r
        join pg_catalog.pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
        left join pg_catalog.pg_attrdef as d on d.adrelid = r.oid and d.adnum = a.attnum
        where r.relkind in ('r', 'p', 'v', 'm', 'f')

        union all
        select pg_catalog.format('inherits %s parent %s bound %s', r.name, i.inhparent::pg_catalog.regclass, coalesce(pg_catalog.pg_get_expr(r.relpartbound, r.oid), '-'))
        from user_relation as r
        join pg_catalog.pg_inherits as i on i.inhrelid = r.oid
        where r.relkind in ('r', 'p', 'f')

        union all
        select pg_catalog.format(
            'index %s valid %s ready %s clustered %s replica %s: %s', r.name, i.indisvalid, i.indisready, i.indisclustered,
            i.indisreplident, pg_catalog.pg_get_indexdef(r.oid))
        from user_relation as r
        join pg_catalog.pg_index as i on i.indexrelid = r.oid

        union all
        select pg_catalog.format('index column %s %s statistics %s', r.name, a.attnum, a.attstattarget)
        from user_relation as r
        join pg_catalog.pg_attribute as a on a.attrelid = r.oid
        where r.relkind in ('i', 'I') and a.attstattarget >= 0

        union all
        select pg_catalog.format(
            'constraint %s %I validated %s: %s', r.name, k.conname, k.convalidated, pg_catalog.pg_get_constraintdef(k.oid))
        from user_relation as r
        join pg_catalog.pg_constraint as k on k.conrelid = r.oid
        where k.contype not in ('t', 'n')

        union all
        select pg_catalog.format('%s %s: %s', case r.relkind when 'v' then 'view' else 'materialized view' end, r.name, pg_catalog.pg_get_viewdef(r.oid))
        from user_relation as r
        where r.relkind in ('v', 'm')

        union all
        select pg_catalog.format('trigger %s enabled %s: %s', r.name, t.tgenabled, pg_catalog.pg_get_triggerdef(t.oid))
        from user_relation as r
        join pg_catalog.pg_trigger as t on t.tgrelid = r.oid and not t.tgisinternal

        union all
        select pg_catalog.format(
            'policy %s %I permissive %s for %s to %s using %s check %s', r.name, p.polname, p.polpermissive, p.polcmd,
            (
                select pg_catalog.string_agg(coalesce(o.rolname, 'public'), ',' order by o.rolname)
                from pg_catalog.unnest(p.polroles) as member(oid)
                left join pg_catalog.pg_roles as o on o.oid = member.oid
            ),
            coalesce(pg_catalog.pg_get_expr(p.polqual, p.polrelid), '-'),
            coalesce(pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid), '-'))
        from user_relation as r
        join pg_catalog.pg_policy as p on p.polrelid = r.oid

        union all
        select pg_catalog.format('rule %s: %s', r.name, pg_catalog.pg_get_ruledef(w.oid))
        from user_relation as r
        join pg_catalog.pg_rewrite as w on w.ev_class = r.oid and w.rulename <> '_RETURN'

        union all
        select pg_catalog.format(
            'sequence %s type %s start %s increment %s min %s max %s cycle %s', r.name, q.seqtypid::pg_catalog.regtype,
            q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcycle)
        from user_relation as r
        join pg_catalog.pg_sequence as q on q.seqrelid = r.oid

        union all
        select pg_catalog.format(
            'statistics %I.%I target %s: %s', s.nspname, x.stxname, coalesce((pg_catalog.to_jsonb(x) ->> 'stxstattarget'), '-'),
            pg_catalog.pg_get_statisticsobjdef(x.oid))
        from pg_catalog.pg_statistic_ext as x
        join user_schema as s on s.oid = x.stxnamespace

        union all
        select pg_catalog.format(
            'function %s owner %s acl %s: %s', p.oid::pg_catalog.regprocedure, pg_catalog.pg_get_userbyid(p.proowner),
            coalesce(p.proacl::text, '-'),
            case when p.prokind in ('f', 'p', 'w') then pg_catalog.pg_get_functiondef(p.oid) else p.prosrc end)
        from pg_catalog.pg_proc as p
        join user_schema as s on s.oid = p.pronamespace
        where not exists (
            select 1
            from pg_catalog.pg_depend as d
            where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e')

        union all
        select pg_catalog.format(
            'type %s kind %s: %s', t.oid::pg_catalog.regtype, t.typtype,
            case t.typtype
                when 'e' then (select pg_catalog.string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_catalog.pg_enum as e where e.enumtypid = t.oid)
                else pg_catalog.format('%s not null %s default %s', pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typnotnull, coalesce(t.typdefault, '-'))
            end)
        from pg_catalog.pg_type as t
        join user_schema as s on s.oid = t.typnamespace
        where t.typtype in ('e', 'd')

        union all
        select pg_catalog.format('domain constraint %s: %s', k.contypid::pg_catalog.regtype, pg_catalog.pg_get_constraintdef(k.oid))
        from pg_catalog.pg_constraint as k
        join user_schema as s on s.oid = k.connamespace
        where k.contypid <> 0 and k.contype = 'c'

        union all
        select pg_catalog.format('extension %I %s', e.extname, e.extversion)
        from pg_catalog.pg_extension as e

        union all
        select pg_catalog.format('comment %s %s: %s', o.type, o.identity, d.description)
        from pg_catalog.pg_description as d
        cross join lateral pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) as o
        where d.classoid in (
                'pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_constraint'::pg_catalog.regclass,
                'pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_policy'::pg_catalog.regclass,
                'pg_catalog.pg_trigger'::pg_catalog.regclass, 'pg_catalog.pg_type'::pg_catalog.regclass)
          and exists (
              select 1
              from user_schema as s
              where s.nspname = o.schema or o.identity like '% on ' || pg_catalog.quote_ident(s.nspname) || '.%')
    )
select line
from line
order by line collate "C"
