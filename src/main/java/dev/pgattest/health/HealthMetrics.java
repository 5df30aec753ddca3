package dev.pgattest.health;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.health.Metric.Kind;
import dev.pgattest.health.Metric.Sample;
import dev.pgattest.sql.QualifiedName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a snapshot says, as figures for monitoring. */
final class HealthMetrics {

    private static final String PREFIX = "pgattest_";

    private final HealthSnapshot snapshot;
    private final List<Metric> metrics = new ArrayList<>();

    private HealthMetrics(HealthSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** All figures, by name; those without any object are left out. */
    static List<Metric> of(HealthSnapshot snapshot, List<ObjectFinding> findings) {
        HealthMetrics all = new HealthMetrics(snapshot);
        all.addDatabase(findings);
        all.addTables();
        all.addIndexes();
        all.addNumbers();
        return all.metrics.stream()
                .filter(metric -> !metric.samples().isEmpty())
                .sorted(Comparator.comparing(Metric::name))
                .toList();
    }

    private void addDatabase(List<ObjectFinding> findings) {
        HealthSummary summary = HealthSummary.of(snapshot);
        share("index_scan_ratio", "Share of the scans of all tables that use an index.", summary.allTables());
        share(
                "large_table_index_scan_ratio",
                "Share of the scans of tables from 8 MB on that use an index.",
                summary.largeTables());
        share("table_cache_hit_ratio", "Share of the blocks of tables found in shared buffers.", summary.tableCache());
        share("index_cache_hit_ratio", "Share of the blocks of indexes found in shared buffers.", summary.indexCache());
        add(new Metric(
                PREFIX + "counters_age_seconds",
                Kind.GAUGE,
                "seconds",
                "How long the counters of use have counted.",
                List.of(new Sample(
                        database(), snapshot.server().counters().age().toSeconds()))));
        add(new Metric(PREFIX + "findings", Kind.GAUGE, "", "Findings by rule and severity.", counted(findings)));
    }

    private void share(String name, String help, HealthSummary.Share share) {
        List<Sample> samples = share.whole() == 0 ? List.of() : List.of(new Sample(database(), share.value()));
        add(new Metric(PREFIX + name, Kind.GAUGE, "ratio", help, samples));
    }

    /** Every rule, so that a figure goes to zero and not away. */
    private List<Sample> counted(List<ObjectFinding> findings) {
        List<Sample> samples = new ArrayList<>();
        for (String rule : HealthRules.ids()) {
            for (Severity severity : Severity.values()) {
                long count = findings.stream()
                        .filter(finding -> finding.rule().equals(rule) && finding.severity() == severity)
                        .count();
                samples.add(new Sample(with(database(), "rule", rule, "severity", severity.word()), count));
            }
        }
        return samples;
    }

    private void addTables() {
        List<TableFacts> tables = snapshot.schema().tables().stream()
                .filter(table -> table.kind() != TableFacts.Kind.PARTITIONED)
                .toList();
        Function<TableFacts, Map<String, String>> labels = table -> object("table", table.name());
        add("table_size_bytes", Kind.GAUGE, "Size of a table without its indexes.", tables, labels, table ->
                (double) table.size().bytes());
        add("table_sequential_scans", Kind.COUNTER, "Sequential scans of a table.", tables, labels, table ->
                (double) table.reads().sequentialScans());
        add(
                "table_sequential_rows",
                Kind.COUNTER,
                "Rows that sequential scans of a table read.",
                tables,
                labels,
                table -> (double) table.reads().sequentialRows());
        add("table_index_scans", Kind.COUNTER, "Scans of a table through any of its indexes.", tables, labels, table ->
                (double) table.reads().indexScans());
        add(
                "table_rows_changed_since_analyze",
                Kind.GAUGE,
                "Rows changed since a table was analyzed.",
                tables,
                labels,
                table -> (double) table.writes().sinceAnalyze());
        add(
                "table_last_analyze_timestamp_seconds",
                Kind.GAUGE,
                "When a table was last analyzed.",
                tables,
                labels,
                table -> seconds(table.analysis().last()));
    }

    private void addIndexes() {
        List<IndexFacts> indexes = snapshot.schema().indexes().stream()
                .filter(index -> !index.index().partitioned())
                .toList();
        Function<IndexFacts, Map<String, String>> labels = this::index;
        add("index_size_bytes", Kind.GAUGE, "Size of an index.", indexes, labels, index ->
                (double) index.index().sizeBytes());
        add("index_scans", Kind.COUNTER, "Scans of an index.", indexes, labels, index ->
                (double) index.use().scans());
        add(
                "index_valid",
                Kind.GAUGE,
                "Whether queries can use an index: 1, else 0.",
                indexes,
                labels,
                index -> index.index().standing().valid() ? 1.0 : 0.0);
        add(
                "index_last_scan_timestamp_seconds",
                Kind.GAUGE,
                "When an index was last scanned.",
                indexes,
                labels,
                index -> seconds(index.use().last()));
        add(
                "index_bloat_low_ratio",
                Kind.GAUGE,
                "Share of an index that is air, at least.",
                indexes,
                labels,
                index -> index.bloat() == null ? null : index.bloat().low());
        add(
                "index_bloat_high_ratio",
                Kind.GAUGE,
                "Share of an index that is air, at most.",
                indexes,
                labels,
                index -> index.bloat() == null ? null : index.bloat().high());
    }

    private void addNumbers() {
        add(
                "sequence_used_ratio",
                Kind.GAUGE,
                "Share of a sequence's values that is used up.",
                snapshot.schema().sequences(),
                sequence -> object("sequence", sequence.name()),
                SequenceFacts::used);
        Function<AgeFacts.DatabaseAge, Map<String, String>> labels = age -> Map.of("database", age.database());
        add(
                "database_transaction_id_age",
                Kind.GAUGE,
                "Age of the oldest transaction id of a database.",
                snapshot.ages().databases(),
                labels,
                age -> (double) age.transactions());
        add(
                "database_multixact_age",
                Kind.GAUGE,
                "Age of the oldest multixact of a database.",
                snapshot.ages().databases(),
                labels,
                age -> (double) age.multixacts());
    }

    private <T> void add(
            String name,
            Kind kind,
            String help,
            List<T> objects,
            Function<T, Map<String, String>> labels,
            Function<T, @Nullable Double> value) {
        List<Sample> samples = objects.stream()
                .map(object -> {
                    Double figure = value.apply(object);
                    return figure == null ? null : new Sample(labels.apply(object), figure);
                })
                .filter(Objects::nonNull)
                .toList();
        add(new Metric(PREFIX + name, kind, unit(name), help, samples));
    }

    private void add(Metric metric) {
        metrics.add(metric);
    }

    private static String unit(String name) {
        String last = name.substring(name.lastIndexOf('_') + 1);
        return List.of("bytes", "seconds", "ratio").contains(last) ? last : "";
    }

    private static @Nullable Double seconds(@Nullable Instant time) {
        return time == null ? null : (double) time.getEpochSecond();
    }

    private Map<String, String> database() {
        return Map.of("database", snapshot.server().database());
    }

    private Map<String, String> object(String label, QualifiedName name) {
        return with(database(), "schema", String.valueOf(name.schema()), label, name.name());
    }

    private Map<String, String> index(IndexFacts index) {
        return with(
                object("table", index.index().table()), "index", index.name().name(), "", "");
    }

    /** The labels and one or two more. */
    private static Map<String, String> with(
            Map<String, String> labels, String name, String value, String second, String secondValue) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(name, value);
        if (!second.isEmpty()) {
            more.put(second, secondValue);
        }
        return more;
    }
}
