package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.Step;
import dev.pgattest.deploy.StepState;
import dev.pgattest.deploy.UseOfIndex;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.pipeline.QueryPlans.CasePlan;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.DeploymentCatalog;
import dev.pgattest.postgres.Session;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks, after an index was made, whether the queries that are to use it by evidence or workload would. A live database has other rows and
 * statistics than the one that was measured, so another plan is told, and stops nothing unless somebody asks for that.
 */
final class UseVerification {

    private final LoadedProject loaded;
    private final String state;
    private final Connections connections;
    private final Optional<FoundEvidence> evidence;
    private final List<ExpectedUse> expected;
    private final Map<QualifiedName, List<Looked>> looked = new LinkedHashMap<>();
    private @Nullable CaseStatements statements;

    /** A case, what it would do, and the indexes that its plan reads. */
    private record Looked(ExpectedUse of, UseOfIndex use, Set<QualifiedName> reads) {}

    private UseVerification(
            LoadedProject loaded, String state, Connections connections, Optional<FoundEvidence> evidence) {
        this.loaded = loaded;
        this.state = state;
        this.connections = connections;
        this.evidence = evidence;
        this.expected = ExpectedUse.of(
                loaded.project(),
                state,
                loaded.project()
                        .state(state)
                        .flatMap(each -> evidence.flatMap(found -> found.use(each)))
                        .orElse(null));
    }

    /**
     * For a deployment that leads to a state.
     *
     * @throws PgattestException of bad input when the evidence cannot be read
     */
    static UseVerification of(LoadedProject loaded, String state, Connections connections) {
        return new UseVerification(loaded, state, connections, FoundEvidence.usual(loaded));
    }

    /** After a step: what the cases do that are to use the index which it finished; empty when it finished none. */
    Optional<List<UseOfIndex>> after(Step step) {
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        return switch (step.kind()) {
            case CREATE, SWAP, SWAP_BACK, ATTACH, RENAME ->
                step.index().filter(index -> !WantedIndex.isTemporary(index)).flatMap(this::lookIfFinished);
            default -> Optional.empty();
        };
    }

    private Optional<List<UseOfIndex>> lookIfFinished(QualifiedName name) {
        try (Session session = open()) {
            CatalogSnapshot live = DeploymentCatalog.read(session);
            return finished(name, live).map(index -> {
                List<Looked> now = looks(index, live, session);
                looked.put(index.name(), now);
                return now.stream().map(Looked::use).toList();
            });
        }
    }

    /** The index itself, or the one of the partitioned table when a part is its last; empty while it is of no use yet. */
    private static Optional<CatalogIndex> finished(QualifiedName index, CatalogSnapshot live) {
        Optional<CatalogIndex> whole = live.index(index);
        while (whole.flatMap(CatalogIndex::partOf).isPresent()) {
            whole = whole.flatMap(CatalogIndex::partOf).flatMap(live::index);
        }
        return whole.filter(StepState::isUsable);
    }

    /** Cases that still do not use what they are to use, looked at once more. */
    List<UseOfIndex> unused() {
        return unused(Set.of());
    }

    /** Without those that read an index which is about to go: what they do when it is gone, nobody can tell before. */
    List<UseOfIndex> unused(Set<QualifiedName> goes) {
        if (looked.values().stream()
                .flatMap(List::stream)
                .allMatch(each -> each.use().used())) {
            return List.of();
        }
        try (Session session = open()) {
            CatalogSnapshot live = DeploymentCatalog.read(session);
            looked.replaceAll((name, before) ->
                    live.index(name).map(index -> looks(index, live, session)).orElse(before));
        }
        return looked.values().stream()
                .flatMap(List::stream)
                .filter(each -> !each.use().used())
                .filter(each -> each.reads().stream().noneMatch(goes::contains))
                .map(Looked::use)
                .toList();
    }

    private Session open() {
        return connections.openAs("pgattest (plans)");
    }

    private List<Looked> looks(CatalogIndex index, CatalogSnapshot live, Session session) {
        Set<String> names = namesInEvidence(index, live);
        List<ExpectedUse> cases =
                expected.stream().filter(each -> names.contains(each.index())).toList();
        if (cases.isEmpty()) {
            return List.of();
        }
        Set<QualifiedName> parts = new HashSet<>();
        addWithParts(index, live, parts);
        try {
            QueryPlans plans = QueryPlans.on(session, loaded.project(), statements());
            UseReason reason = new UseReason(plans, state, index, live);
            return cases.stream()
                    .map(each -> looked(each, index, parts, reason, plans))
                    .toList();
        } catch (PgattestException trouble) {
            String why = "it could not be planned: " + trouble.getMessage();
            return cases.stream()
                    .map(each -> new Looked(each, use(each, index, false, why), Set.of()))
                    .toList();
        }
    }

    private CaseStatements statements() {
        CaseStatements made = statements;
        if (made == null) {
            made = loaded.statements();
            statements = made;
        }
        return made;
    }

    private Looked looked(
            ExpectedUse each, CatalogIndex index, Set<QualifiedName> parts, UseReason reason, QueryPlans plans) {
        List<CasePlan> now = plans.of(each.query(), each.each(), state);
        Set<QualifiedName> reads = new HashSet<>();
        now.forEach(plan -> reads.addAll(plan.indexes()));
        boolean used = reads.stream().anyMatch(parts::contains);
        String why = used ? "" : reason.of(each, now, parts);
        return new Looked(each, use(each, index, used, why), reads);
    }

    private static UseOfIndex use(ExpectedUse each, CatalogIndex index, boolean used, String why) {
        return new UseOfIndex(index.name(), each.query().name(), each.each().name(), used, why);
    }

    /** The parts of a partitioned index have names of the server's choice where it was measured. */
    private Set<String> namesInEvidence(CatalogIndex index, CatalogSnapshot live) {
        Set<String> names = new TreeSet<>(Set.of(index.name().name()));
        if (index.partitioned()) {
            Set<QualifiedName> partitions = new HashSet<>();
            addPartitions(index.table(), live, partitions);
            for (IndexStatement each : measuredIndexes()) {
                boolean part = each.definition().equals(index.definition())
                        && (partitions.contains(each.table())
                                || live.relation(each.table()).isEmpty());
                if (part) {
                    each.indexName().ifPresent(names::add);
                }
            }
        }
        return names;
    }

    private List<IndexStatement> measuredIndexes() {
        return evidence.flatMap(found -> found.evidence().state(state)).stream()
                .flatMap(measured -> measured.indexes().stream())
                .flatMap(index -> index.statement().stream())
                .toList();
    }

    private static void addPartitions(QualifiedName table, CatalogSnapshot live, Set<QualifiedName> all) {
        for (QualifiedName partition : live.partitions(table)) {
            all.add(partition);
            addPartitions(partition, live, all);
        }
    }

    private static void addWithParts(CatalogIndex index, CatalogSnapshot live, Set<QualifiedName> all) {
        all.add(index.name());
        live.parts(index.name()).forEach(part -> addWithParts(part, live, all));
    }
}
