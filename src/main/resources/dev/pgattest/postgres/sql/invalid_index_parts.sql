-- The keys and the condition of an index, as SQL.
select
    array(
        select pg_catalog.pg_get_indexdef(i.indexrelid, key.number, false)
        from pg_catalog.generate_series(1, i.indnkeyatts::pg_catalog.int4) as key (number)
        order by key.number) as keys,
    coalesce(pg_catalog.pg_get_expr(i.indpred, i.indrelid), 'true') as condition,
    coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::pg_catalog.bool, false) as nulls_equal
from pg_catalog.pg_index as i
where i.indexrelid = pg_catalog.to_regclass(?)
