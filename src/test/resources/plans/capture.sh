#!/bin/sh
# Captures the plans of this folder again: figures change, shapes and flags should not.
# Needs a database "shop" with schema.sql loaded on PostgreSQL 15 ($PORT15) and 18 ($PORT18), reached through PGHOST and PGUSER;
# autovacuum off, shared_buffers 256MB. Then: mvn test -Dtest=PlanGoldenTest -Dpgattest.golden.update=true, and read the difference.
out=$(dirname "$0")
opts="analyze, buffers, verbose, settings, format json"
run() { port=$1; name=$2; pre=$3; q=$4; o=${5:-$opts}
 psql -p "$port" -d shop -XAtq -v ON_ERROR_STOP=1 > $out/$name.json <<S || echo BAD $name
\o /dev/null
begin;
set local timezone='UTC';
set local max_parallel_workers_per_gather=0;
set local jit=off;
$pre
$q;
\o
explain ($o) $q;
rollback;
S
}
p15() { run "$PORT15" "$@"; }
p18() { run "$PORT18" "$@"; }
par="set local max_parallel_workers_per_gather=2; set local min_parallel_table_scan_size=0; set local min_parallel_index_scan_size=0; set local parallel_setup_cost=0; set local parallel_tuple_cost=0;"
p15 parallel-sequential-scan "$par" "select status, count(*), sum(amount_cents) from purchase where amount_cents < 20000 group by status"
p18 parallel-hash-join "$par" "select c.region, count(*) from purchase p join customer c on c.id = p.customer_id where p.amount_cents < 50000 group by c.region"
p15 bitmap-lossy "set local work_mem='64kB'; set local enable_seqscan=off; set local enable_indexscan=off;" "select count(note) from purchase where customer_id between 1 and 400"
p15 nested-loop-inner-sequential-scan "set local enable_hashjoin=off; set local enable_mergejoin=off; set local enable_material=off; set local enable_indexscan=off; set local enable_bitmapscan=off; set local enable_indexonlyscan=off;" "select c.id, a.balance from customer c join account a on a.customer_id = c.id where c.id <= 150"
p15 nested-loop-innocent-sequential-scan "set local enable_hashjoin=off; set local enable_mergejoin=off;" "select c.id, p.amount_cents from customer c join purchase p on p.customer_id = c.id where c.name like 'customer 199_'"
p15 self-join "" "select worker.id, boss.salary from employee worker join employee boss on boss.id = worker.manager_id where worker.salary > 900 and boss.salary < 100"
p18 cte-initplan-subplan "" "with paid as materialized (select customer_id, sum(amount_cents) as total from purchase where status = 'paid' group by customer_id) select c.id, p.total, (select max(l.quantity) from line l where l.purchase_id = c.id) from customer c join paid p on p.customer_id = c.id where p.total > (select avg(total) from paid) and c.id < 200"
p15 cte-initplan-subplan-15 "" "with paid as materialized (select customer_id, sum(amount_cents) as total from purchase where status = 'paid' group by customer_id) select c.id, p.total, (select max(l.quantity) from line l where l.purchase_id = c.id) from customer c join paid p on p.customer_id = c.id where p.total > (select avg(total) from paid) and c.id < 200"
p15 external-sort "set local work_mem='64kB'; set local enable_indexscan=off; set local enable_indexonlyscan=off;" "select id, note from purchase order by amount_cents, id"
p18 hash-batches "set local work_mem='64kB'; set local enable_mergejoin=off; set local enable_nestloop=off;" "select count(*), sum(l.quantity) from line l join purchase p on p.id = l.purchase_id where p.note like 'x%'"
p18 memoize-evictions "set local work_mem='64kB'; set local enable_hashjoin=off; set local enable_mergejoin=off;" "select count(c.name) from purchase p left join customer c on c.id = p.customer_id where p.id <= 20000"
p18 index-searches "set local enable_bitmapscan=off; set local enable_seqscan=off;" "select count(*) from line where purchase_id = any (array(select i * 199 from generate_series(1, 500) i)) and number = 1"
p18 hash-aggregate-spill "set local work_mem='64kB'; set local enable_sort=off; set local enable_indexscan=off; set local enable_indexonlyscan=off;" "select purchase_id, sum(quantity) from line group by purchase_id having sum(quantity) > 16"
p15 never-executed "" "select p.id, l.sku from purchase p join line l on l.purchase_id = p.id where p.customer_id = 999999 and p.status = 'none'"
p15 update-with-triggers "" "update account set balance = balance + 1, customer_id = customer_id % 2000 + 1 where id <= 1000"
p15 jit-forced "set local jit=on; set local jit_above_cost=0; set local jit_inline_above_cost=0; set local jit_optimize_above_cost=0;" "select id, amount_cents from purchase where id = 77"
p18 partitions-pruned "set local plan_cache_mode=force_generic_plan; prepare pruned(date, int) as select count(*) from event where at = \$1 and kind = \$2;" "execute pruned('2024-02-10', 3)"
p18 fractional-rows "set local enable_hashjoin=off; set local enable_mergejoin=off; set local enable_memoize=off;" "select c.id, a.balance from customer c left join account a on a.id = c.id * 3 where c.id <= 900"
p18 disabled-node "set local enable_seqscan=off;" "select count(*) from audit"
p15 disabled-node-15 "set local enable_seqscan=off;" "select count(*) from audit"
p15 workers-launched-fewer "$par set local max_parallel_workers_per_gather=4; alter table purchase set (parallel_workers=4); set local max_parallel_workers=1;" "select count(*) from purchase where note like '%y%'"
p15 limit-stops-early "set local enable_indexscan=off;" "select id, status from purchase where amount_cents > 10 limit 5"
p15 row-misestimate "" "select p.id, l.sku from purchase p join line l on l.purchase_id = p.id where p.city = 'city7' and p.country = 'country7' and p.note like 'x%' and p.amount_cents % 10 = 7"
p18 index-filter "set local enable_seqscan=off; set local enable_bitmapscan=off;" "select id from purchase where customer_id between 10 and 60 and amount_cents < 500"
p18 primary-key-lookup "" "select id, status from purchase where id = 4711"
p15 recursive-cte "" "with recursive chain as (select id, manager_id, 1 as depth from employee where id = 4999 union all select e.id, e.manager_id, depth + 1 from employee e join chain c on e.id = c.manager_id) select * from chain"
p15 writable-cte "" "with moved as (update account set balance = balance - 1 where id <= 300 returning id) select count(*) from customer where region = 'r3'"
p18 serialize "" "select id, note from purchase where id <= 2000" "analyze, buffers, verbose, settings, serialize binary, memory, format json"
p18 gather-merge "$par set local enable_hashagg=off;" "select customer_id, count(*) from purchase group by customer_id order by customer_id"
p15 merge-join "set local enable_hashjoin=off; set local enable_nestloop=off;" "select count(*) from purchase p join line l on l.purchase_id = p.id where p.id <= 500"
p15 estimates-only "" "select * from purchase where customer_id = 5" "verbose, format json"
p15 timing-off "" "select count(*) from purchase where customer_id < 50" "analyze, buffers, timing off, summary on, format json"
p15 generic-plan "set local plan_cache_mode=force_generic_plan; prepare range(bigint) as select count(note) from purchase where customer_id < \$1;" "execute range(2)"
p15 custom-plan "set local plan_cache_mode=force_custom_plan; prepare range(bigint) as select count(note) from purchase where customer_id < \$1;" "execute range(2)"
# last: leaves the visibility map behind
for p in "$PORT15"; do psql -p "$p" -d shop -XAtqc "update purchase set note = repeat('z', 60) where id between 1000 and 21000"; done
p15 index-only-heap-fetches "set local enable_seqscan=off; set local enable_bitmapscan=off;" "select sum(amount_cents) from purchase where placed_at < '2024-01-15'"
