package dev.pgattest.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import dev.pgattest.health.BloatReading;
import dev.pgattest.health.HealthReport;
import dev.pgattest.health.HealthRules;
import dev.pgattest.pipeline.CheckHealth;
import dev.pgattest.pipeline.HealthRequest;
import dev.pgattest.postgres.ConnectionSettings;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Session;
import dev.pgattest.postgres.SqlFailure;
import dev.pgattest.testing.GeneratedFile;
import dev.pgattest.testing.TestCluster;
import io.github.mfvanek.pg.connection.PgConnection;
import io.github.mfvanek.pg.connection.PgConnectionImpl;
import io.github.mfvanek.pg.connection.host.PgHostImpl;
import io.github.mfvanek.pg.core.checks.common.DatabaseCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.DuplicatedIndexesCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.ForeignKeysNotCoveredWithIndexCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.IndexesWithBloatCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.IntersectedIndexesCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.InvalidIndexesCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.SequenceOverflowCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.TablesWithMissingIndexesCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.UnusedIndexesCheckOnHost;
import io.github.mfvanek.pg.model.context.PgContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The same database through {@code pgattest health} and through pg-index-health: each difference has a reason, and each reason a
 * difference. Writes {@code docs/comparison-health.md}.
 */
class HealthComparisonTest {

    /** The checks that look for the same things, by subject; where two of them overlap, they are one subject. */
    private static final Map<String, List<Function<PgConnection, DatabaseCheckOnHost<?>>>> THEIRS = Map.of(
            "invalid", List.of(InvalidIndexesCheckOnHost::new),
            "redundant", List.of(DuplicatedIndexesCheckOnHost::new, IntersectedIndexesCheckOnHost::new),
            "unused", List.of(UnusedIndexesCheckOnHost::new),
            "foreign key", List.of(ForeignKeysNotCoveredWithIndexCheckOnHost::new),
            "sequential", List.of(TablesWithMissingIndexesCheckOnHost::new),
            "bloated", List.of(IndexesWithBloatCheckOnHost::new),
            "sequence", List.of(SequenceOverflowCheckOnHost::new));

    private static final Map<String, String> OURS = Map.of(
            "invalid-index", "invalid",
            "duplicate-index", "redundant",
            "redundant-index", "redundant",
            "unused-index", "unused",
            "foreign-key-without-index", "foreign key",
            "sequential-reads", "sequential",
            "bloated-index", "bloated",
            "sequence-near-end", "sequence");

    private static final String INTRODUCTION = """
            # Health checks beside those of pg-index-health

            The same database through [`pgattest health`](health.md) and through
            [pg-index-health](https://github.com/mfvanek/pg-index-health) %s, a Java library with the same subjects, by its newest release
            that Maven Central offers. Each case is a schema. The figures of use are a second old here, so pgattest ran with
            `--min-statistics-age 0d`; without it, nothing would be called unused. What is *unused* is compared in the cases about use only:
            elsewhere nothing was ever scanned.

            Beyond the cases: pg-index-health has about 25 checks of style (names, types, descriptions) that belong to a linter, looks at one
            schema at a time, and waits for locks without a limit. It does not ask how old the counters are, whether an invalid index is being
            built, and what the role may not see. Its bloat is one number without its error, and does not know that B-trees merge equal keys
            since PostgreSQL 13; a B-tree with many equal keys has no bloat for it, however much air it holds.

            This page is made by a test, which fails when the two differ without a reason that is written down.

            | case | pg-index-health | pgattest | why they differ |
            |---|---|---|---|
            """;

    /** Subjects to compare in a case: what was never scanned is unused in all of them. */
    private static final Set<String> ABOUT_USE = Set.of("unused", "exclusion", "partitions", "rarely_used");

    @Test
    void each_difference_has_a_reason() throws IOException {
        Connections database = TestCluster.freshDatabase();
        HealthCase.ALL.forEach(each -> make(database, each));
        try (Session session = database.open()) {
            session.execute("vacuum analyze");
        }
        Map<String, Set<String>> ours = ours(database);
        PgConnection connection = connection(database.settings());
        StringBuilder rows = new StringBuilder();
        SoftAssertions differences = new SoftAssertions();
        for (HealthCase each : HealthCase.ALL) {
            Set<String> mine = compared(each, ours.getOrDefault(each.name(), Set.of()));
            Set<String> theirs = compared(each, theirs(connection, each.name()));
            differences
                    .assertThat(each.why().isEmpty())
                    .as(each.name() + ": pgattest " + mine + ", pg-index-health " + theirs)
                    .isEqualTo(mine.equals(theirs));
            rows.append("| %s | %s | %s | %s |\n".formatted(each.what(), said(theirs), said(mine), each.why()));
        }
        differences.assertAll();
        GeneratedFile.assertUpToDate(Path.of("docs/comparison-health.md"), INTRODUCTION.formatted(version()) + rows);
    }

    private static void make(Connections database, HealthCase each) {
        try (Session session = database.open()) {
            session.execute("create schema " + each.name() + "; set search_path = " + each.name());
            for (String statement : each.sql().contains("$$")
                    ? List.of(each.sql())
                    : List.of(each.sql().split(";"))) {
                session.execute(statement);
            }
        } catch (SqlFailure failure) {
            // That is how the index becomes invalid.
            assertThat(failure.sqlState()).as(each.name()).isEqualTo("23505");
        }
    }

    private static Map<String, Set<String>> ours(Connections database) {
        HealthReport report = new CheckHealth(new HealthRequest(
                        database.settings(),
                        List.of(),
                        BloatReading.ESTIMATED,
                        new HealthRules.Settings(Duration.ZERO, ChosenSeverities.NONE)))
                .run();
        Map<String, Set<String>> found = new LinkedHashMap<>();
        for (ObjectFinding finding : report.findings()) {
            String subject = OURS.get(finding.rule());
            boolean onlyNote = finding.rule().equals("unused-index") && finding.severity() == Severity.INFO;
            if (subject != null && !onlyNote) {
                String schema = finding.object().substring(0, finding.object().indexOf('.'));
                found.computeIfAbsent(schema, name -> new TreeSet<>()).add(subject);
            }
        }
        return found;
    }

    private static Set<String> theirs(PgConnection connection, String schema) {
        Set<String> found = new TreeSet<>();
        THEIRS.forEach((subject, checks) -> checks.forEach(check -> {
            if (!check.apply(connection).check(PgContext.of(schema)).isEmpty()) {
                found.add(subject);
            }
        }));
        return found;
    }

    private static Set<String> compared(HealthCase each, Set<String> subjects) {
        return subjects.stream()
                .filter(subject -> ABOUT_USE.contains(each.name()) || !subject.equals("unused"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String said(Set<String> subjects) {
        return subjects.isEmpty() ? "nothing" : String.join(", ", subjects);
    }

    private static PgConnection connection(ConnectionSettings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {settings.hosts().get(0).host()});
        source.setPortNumbers(new int[] {settings.hosts().get(0).port()});
        source.setDatabaseName(settings.database());
        source.setUser(settings.user());
        source.setPassword(Objects.requireNonNull(settings.password()).value());
        return PgConnectionImpl.of(
                source, PgHostImpl.ofUrl("jdbc:postgresql://" + settings.hosts().get(0) + "/" + settings.database()));
    }

    /** As its jar is called. */
    private static String version() {
        String jar = PgConnectionImpl.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return jar.replaceAll(".*-(\\d[\\d.]*)\\.jar$", "$1");
    }
}
