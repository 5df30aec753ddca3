package dev.pgattest.health;

import dev.pgattest.ChosenSeverities;
import dev.pgattest.ObjectFinding;
import dev.pgattest.health.IndexFacts.ExpressionStatistics;
import dev.pgattest.health.IndexFacts.Use;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.ForeignKey;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SyntaxTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot to be put together by tests: a database {@code shop} whose counters have counted for 100 days, and nothing in it. */
final class Snapshot {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final List<TableFacts> tables = new ArrayList<>();
    private final List<IndexFacts> indexes = new ArrayList<>();
    private final List<ForeignKey> keys = new ArrayList<>();
    private final List<SequenceFacts> sequences = new ArrayList<>();
    private final List<AgeFacts.DatabaseAge> ages = new ArrayList<>();
    private final List<IndexBuild> builds = new ArrayList<>();
    private final List<ReplicaFacts> replicas = new ArrayList<>();
    private final List<String> standbys = new ArrayList<>();
    private ServerFacts.Counters counters = counted(Duration.ofDays(100));
    private boolean standby;

    static QualifiedName name(String name) {
        return new QualifiedName("public", name);
    }

    static ServerFacts.Counters counted(Duration age) {
        return new ServerFacts.Counters(NOW, NOW.minus(Duration.ofDays(200)), NOW.minus(age), null, true);
    }

    Snapshot countersOf(ServerFacts.Counters other) {
        counters = other;
        return this;
    }

    Snapshot onStandby() {
        standby = true;
        return this;
    }

    Snapshot with(TableFacts table) {
        tables.add(table);
        return this;
    }

    Snapshot with(IndexFacts index) {
        indexes.add(index);
        return this;
    }

    Snapshot with(SequenceFacts sequence) {
        sequences.add(sequence);
        return this;
    }

    Snapshot with(IndexBuild build) {
        builds.add(build);
        return this;
    }

    Snapshot withAge(String database, long transactions, long multixacts) {
        ages.add(new AgeFacts.DatabaseAge(database, transactions, multixacts));
        return this;
    }

    Snapshot withKey(String table, String column, String referenced) {
        keys.add(new ForeignKey(table + "_fk", name(table), List.of(column), name(referenced)));
        return this;
    }

    Snapshot withStandby(String standbyName) {
        standbys.add(standbyName);
        return this;
    }

    Snapshot withReplica(Duration age, String index, long scans) {
        replicas.add(new ReplicaFacts("replica:5432", counted(age), Map.of(name(index), new Use(scans, null))));
        return this;
    }

    HealthSnapshot facts() {
        ServerFacts server = new ServerFacts(
                "db:5432",
                "shop",
                "18.6",
                18,
                standby,
                counters,
                new ServerFacts.Freezing(200_000_000, 400_000_000),
                standbys);
        return new HealthSnapshot(
                server,
                new HealthSnapshot.SchemaFacts(tables, indexes, keys, sequences),
                new AgeFacts(ages, List.of(new AgeFacts.RelationAge(name("old"), 7, 8))),
                builds,
                replicas,
                List.of());
    }

    /** The findings of one rule. */
    List<ObjectFinding> findings(String rule) {
        return HealthReport.of(facts(), new HealthRules.Settings(HealthRules.Settings.YOUNGEST, ChosenSeverities.NONE))
                .findings()
                .stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    /** A table of 100 MB and a million rows, analyzed yesterday, written a little. */
    static TableFacts table(String table) {
        return table(table, new TableFacts.Reads(10, 10, 1000));
    }

    static TableFacts table(String table, TableFacts.Reads reads) {
        return table(table, TableFacts.Kind.TABLE, null, reads);
    }

    static TableFacts table(String table, TableFacts.Kind kind, @Nullable String parent, TableFacts.Reads reads) {
        return new TableFacts(
                name(table),
                kind,
                parent == null ? null : name(parent),
                new TableFacts.Size(kind == TableFacts.Kind.PARTITIONED ? 0 : 100 << 20, 1_000_000),
                reads,
                new TableFacts.Writes(10, 10, 10),
                new TableFacts.Analysis(true, true, NOW.minus(Duration.ofDays(1))),
                new TableFacts.Cache(1000, 1, 1000, 1));
    }

    /** What a test says about an index besides its definition. */
    record Index(
            String sql,
            boolean valid,
            boolean ready,
            boolean replicaIdentity,
            @Nullable String constraint,
            @Nullable String parent,
            boolean partitioned,
            Use use,
            @Nullable Instant created) {

        static Index of(String sql) {
            return new Index(sql, true, true, false, null, null, false, Use.NONE, null);
        }

        Index invalid(boolean itIsReady) {
            return new Index(sql, false, itIsReady, replicaIdentity, constraint, parent, partitioned, use, created);
        }

        Index asReplicaIdentity() {
            return new Index(sql, valid, ready, true, constraint, parent, partitioned, use, created);
        }

        Index scanned(long scans, @Nullable Instant last) {
            return new Index(
                    sql, valid, ready, replicaIdentity, constraint, parent, partitioned, new Use(scans, last), created);
        }

        Index madeAt(Instant time) {
            return new Index(sql, valid, ready, replicaIdentity, constraint, parent, partitioned, use, time);
        }

        Index partOf(String index) {
            return new Index(sql, valid, ready, replicaIdentity, constraint, index, partitioned, use, created);
        }

        Index ofPartitionedTable() {
            return new Index(sql, valid, ready, replicaIdentity, constraint, parent, true, use, created);
        }

        Index ownedBy(String itsConstraint) {
            return new Index(sql, valid, ready, replicaIdentity, itsConstraint, parent, partitioned, use, created);
        }

        IndexFacts facts() {
            SyntaxTree tree = (SyntaxTree) Grammar.parse(sql);
            ParseNode node = ParseNode.of(tree.statements().get(0));
            IndexDefinition definition = IndexDefinition.of(node).orElseThrow();
            if (constraint != null) {
                definition = definition.ownedBy(IndexDefinition.Backing.UNIQUE, false);
            }
            CatalogIndex index = new CatalogIndex(
                    name(node.text("idxname")),
                    name(node.child("relation").text("relname")),
                    sql,
                    definition,
                    new CatalogIndex.Standing(valid, ready, true, replicaIdentity, false),
                    constraint,
                    parent == null ? null : name(parent),
                    partitioned,
                    partitioned ? 0 : 40 << 20);
            return new IndexFacts(index, use, created, ExpressionStatistics.NO_EXPRESSIONS, null);
        }
    }
}
