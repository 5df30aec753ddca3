package dev.pgattest.postgres;

import dev.pgattest.evidence.ServerFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads what a measurement depends on from the server itself, so that evidence does not repeat what was only asked for. */
public final class EffectiveSettings {

    /** Recorded even at their defaults: these move plans or timings. */
    private static final List<String> ALWAYS = List.of(
            "autovacuum",
            "block_size",
            "data_checksums",
            "effective_cache_size",
            "effective_io_concurrency",
            "enable_indexonlyscan",
            "enable_seqscan",
            "fsync",
            "full_page_writes",
            "hash_mem_multiplier",
            "jit",
            "jit_above_cost",
            "maintenance_work_mem",
            "max_parallel_workers",
            "max_parallel_workers_per_gather",
            "max_worker_processes",
            "plan_cache_mode",
            "random_page_cost",
            "seq_page_cost",
            "server_encoding",
            "shared_buffers",
            "synchronous_commit",
            "TimeZone",
            "track_io_timing",
            "wal_level",
            "work_mem");

    // What is specific to one start of one server, says where files are, or could hold a secret or a name is left out.
    private static final String SETTINGS = """
            select name, pg_catalog.current_setting(name)
            from pg_catalog.pg_settings
            where name = any (?)
               or (source not in ('default', 'client')
                   and category not like 'File Locations%'
                   and category not like 'Connections and Authentication%'
                   and category not like 'Reporting and Logging%'
                   and name !~ '(conninfo|command|password|library|slot_name|standby_names|cluster_name)')
            """;

    private static final String DATABASE = """
            select pg_catalog.version(), datcollate, datctype
            from pg_catalog.pg_database
            where datname = pg_catalog.current_database()
            """;

    private EffectiveSettings() {}

    /** The facts as this session sees them. */
    public static ServerFacts read(Session session) {
        Map<String, String> settings = session
                .query(SETTINGS, row -> Map.entry(row.getString(1), row.getString(2)), (Object)
                        ALWAYS.toArray(String[]::new))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<String> database = session.query(
                        DATABASE, row -> List.of(row.getString(1), row.getString(2), row.getString(3)))
                .get(0);
        TreeMap<String, String> sorted = new TreeMap<>(settings);
        sorted.put("lc_collate", database.get(1));
        sorted.put("lc_ctype", database.get(2));
        return new ServerFacts(session.serverVersion().text(), database.get(0), sorted);
    }
}
