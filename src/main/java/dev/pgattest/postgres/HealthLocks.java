package dev.pgattest.postgres;

import dev.pgattest.health.HealthSnapshot.Gap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Relations that nobody can read at this moment, or that somebody waits to lock so. */
record HealthLocks(List<Locked> locked) {

    /** One lock. */
    record Locked(long relation, long table, String tableName, int processId) {}

    /** Looks at the locks of all sessions. */
    static HealthLocks read(Session session) {
        return new HealthLocks(session.query(
                SqlResource.text("health_locks"),
                row -> new Locked(
                        row.getLong("relation"),
                        row.getLong("table_id"),
                        row.getString("table_name"),
                        row.getInt("process_id"))));
    }

    /** The object ids of the locked relations, and of the tables whose indexes are locked, as an array of the server's. */
    String array() {
        Set<String> ids = new LinkedHashSet<>();
        locked.forEach(each -> {
            ids.add(String.valueOf(each.relation()));
            ids.add(String.valueOf(each.table()));
        });
        return "{" + String.join(",", ids) + "}";
    }

    /** What is left out because of them. */
    List<Gap> gaps() {
        Map<String, Set<String>> processes = new TreeMap<>();
        locked.forEach(each -> processes
                .computeIfAbsent(each.tableName(), name -> new LinkedHashSet<>())
                .add("process " + each.processId()));
        return processes.entrySet().stream()
                .map(table -> new Gap(
                        Gap.Kind.LOCK,
                        table.getKey(),
                        "left out with its indexes, because of a lock that excludes readers, held or awaited by "
                                + HealthSchema.listed(List.copyOf(table.getValue())),
                        "run the command again when the lock is gone"))
                .toList();
    }
}
