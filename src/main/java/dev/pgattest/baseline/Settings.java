package dev.pgattest.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which of a server's settings move plans or buffers. All others may differ between runs that are compared. */
final class Settings {

    private static final Set<String> MATTER = Set.of(
            "block_size",
            "constraint_exclusion",
            "cpu_index_tuple_cost",
            "cpu_operator_cost",
            "cpu_tuple_cost",
            "cursor_tuple_fraction",
            "debug_parallel_query",
            "default_statistics_target",
            "effective_cache_size",
            "force_parallel_mode",
            "from_collapse_limit",
            "hash_mem_multiplier",
            "join_collapse_limit",
            "lc_collate",
            "lc_ctype",
            "max_parallel_workers_per_gather",
            "min_parallel_index_scan_size",
            "min_parallel_table_scan_size",
            "parallel_leader_participation",
            "parallel_setup_cost",
            "parallel_tuple_cost",
            "plan_cache_mode",
            "random_page_cost",
            "recursive_worktable_factor",
            "row_security",
            "search_path",
            "seq_page_cost",
            "server_encoding",
            "TimeZone",
            "work_mem");

    private Settings() {}

    /** {@code work_mem is 4MB, was 256MB}, sorted by name; empty when all that matter agree. */
    static List<String> differences(Map<String, String> before, Map<String, String> now) {
        SortedSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String was = before.getOrDefault(name, "at its default");
            String is = now.getOrDefault(name, "at its default");
            if (matters(name) && !was.equals(is)) {
                differences.add(name + " is " + is + ", was " + was);
            }
        }
        return differences;
    }

    private static boolean matters(String name) {
        return MATTER.contains(name) || name.startsWith("enable_") || name.startsWith("geqo");
    }
}
