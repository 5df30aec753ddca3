package dev.pgattest.postgres.server;

import dev.pgattest.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings of a cluster of ours: made for measuring on data that can be made again, overridden by the project. */
final class ClusterSettings {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            // The data can be generated again, so nothing has to survive a crash of the machine.
            Map.entry("fsync", "off"),
            Map.entry("synchronous_commit", "off"),
            Map.entry("full_page_writes", "off"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            // No checkpoint and no vacuum may start in the middle of a measurement; pgattest vacuums itself.
            Map.entry("max_wal_size", "8GB"),
            Map.entry("checkpoint_timeout", "1h"),
            Map.entry("autovacuum", "off"),
            Map.entry("maintenance_work_mem", "512MB"),
            Map.entry("max_connections", "100"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("lc_messages", "C"));
    private static final Set<String> RESERVED = Set.of(
            "port",
            "listen_addresses",
            "unix_socket_directories",
            "data_directory",
            "config_file",
            "hba_file",
            "ident_file",
            "external_pid_file",
            "logging_collector",
            "log_destination",
            "ssl");

    private ClusterSettings() {}

    /** What is wrong with a project's settings, as far as it can be told without a server; sorted by name. */
    static List<Problem> problems(Map<String, String> settings) {
        List<Problem> problems = new ArrayList<>();
        new TreeMap<>(settings).forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                problems.add(Problem.ofInput(
                        "server setting " + name + " is not the name of a PostgreSQL setting",
                        "write it as SHOW ALL does"));
            } else if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                problems.add(Problem.ofInput(
                        "server setting " + name + " is pgattest's own",
                        "remove it: pgattest chooses where its server listens and keeps its files"));
            } else if (value.chars().anyMatch(Character::isISOControl)) {
                problems.add(
                        Problem.ofInput("server setting " + name + " has a control character", "write it on one line"));
            }
        });
        return problems;
    }

    /** The configuration file: what initdb found out, then our defaults, then the project's, then what is not to be changed. */
    static String file(Path data, int port, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        settings.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        all.put("listen_addresses", "127.0.0.1");
        all.put("unix_socket_directories", "");
        all.put("port", String.valueOf(port));
        StringBuilder file = new StringBuilder();
        file.append("include ")
                .append(quoted(data.resolve("postgresql.conf").toString()))
                .append('\n');
        all.forEach((name, value) ->
                file.append(name).append(" = ").append(quoted(value)).append('\n'));
        return file.toString();
    }

    /**
     * The complaints of a server that did not start about the project's settings, by their names; empty when it failed for
     * another reason.
     */
    static SortedMap<String, Problem> complaints(List<String> log, Map<String, String> settings) {
        SortedMap<String, Problem> problems = new TreeMap<>();
        for (String name : new TreeMap<>(settings).keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            log.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).contains("\"" + lower + "\""))
                    .findFirst()
                    .ifPresent(line -> problems.put(
                            name,
                            Problem.ofInput(
                                    "PostgreSQL does not accept the server setting " + name + " = " + settings.get(name)
                                            + ": " + withoutPlace(line),
                                    "correct or remove it under server.settings in pgattest.yaml")));
        }
        return problems;
    }

    private static String withoutPlace(String line) {
        return line.replaceFirst("^.*?(LOG|FATAL|ERROR): +", "").replaceFirst(" in file \".*\" line \\d+$", "");
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
