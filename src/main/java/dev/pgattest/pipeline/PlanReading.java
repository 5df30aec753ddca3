package dev.pgattest.pipeline;

import dev.pgattest.drift.Counterpart;
import dev.pgattest.postgres.CanonicalDefinitions;
import dev.pgattest.postgres.CanonicalDefinitions.Answer;
import dev.pgattest.postgres.CanonicalDefinitions.Definition;
import dev.pgattest.postgres.IndexCatalog;
import dev.pgattest.postgres.Session;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexDefinition;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.workload.IndexPlan;
import dev.pgattest.workload.PlannedIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The indexes of a database beside those of a plan, both in the server's words where it can be asked for them. */
final class PlanReading {

    private final Session session;
    private final Words words;
    private final List<CatalogIndex> indexes;
    private final Map<PlannedIndex, QualifiedName> tables = new LinkedHashMap<>();
    private final Map<PlannedIndex, Definition> planned = new LinkedHashMap<>();
    private final Map<QualifiedName, IndexDefinition> inWords = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /** How definitions are compared. */
    enum Words {
        /** In the server's own words, which it is asked for; see {@link CanonicalDefinitions}. */
        SERVERS,
        /** As they are written: asking would change the database for a moment. */
        AS_WRITTEN
    }

    private PlanReading(Session session, Words words) {
        this.session = session;
        this.words = words;
        this.indexes = IndexCatalog.indexes(session);
    }

    /** Reads what a session's database has of a plan. */
    static PlanReading of(Session session, IndexPlan plan, Words words) {
        PlanReading reading = new PlanReading(session, words);
        for (PlannedIndex each : plan.indexes()) {
            IndexCatalog.table(session, each.table()).ifPresent(table -> reading.tables.put(each, table));
        }
        reading.tables.values().stream().distinct().forEach(reading::askAbout);
        return reading;
    }

    /** Every index of the database. */
    List<CatalogIndex> indexes() {
        return indexes.stream().map(this::inWords).toList();
    }

    private CatalogIndex inWords(CatalogIndex index) {
        return index.definedAs(inWords.getOrDefault(index.name(), index.definition()));
    }

    /** Why the server could not be asked, as sentences. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Each index of the plan and what the database has of it, in the plan's order. */
    List<Counterpart> counterparts(IndexPlan plan) {
        return plan.indexes().stream().map(this::counterpart).toList();
    }

    private Counterpart counterpart(PlannedIndex index) {
        QualifiedName table = tables.get(index);
        Definition definition = planned.get(index);
        Optional<Counterpart.Found> found = existing(index, table)
                .map(this::inWords)
                .map(each -> new Counterpart.Found(each, each.definition(), inWords.containsKey(each.name())));
        return new Counterpart(
                index,
                table,
                definition == null ? index.statement().definition() : definition.definition(),
                definition == null ? null : definition.refusal(),
                found.orElse(null));
    }

    private Optional<CatalogIndex> existing(PlannedIndex index, @Nullable QualifiedName table) {
        return indexes.stream()
                .filter(each ->
                        each.name().name().equals(index.name()) && each.table().equals(table))
                .findFirst();
    }

    /** Where the texts show that an index is as planned, there is nothing to ask. */
    private boolean isAsPlanned(PlannedIndex index) {
        return existing(index, tables.get(index))
                .filter(found -> found.definition().equals(index.statement().definition()))
                .isPresent();
    }

    private void askAbout(QualifiedName table) {
        List<PlannedIndex> ofPlan = tables.entrySet().stream()
                .filter(entry -> entry.getValue().equals(table) && !isAsPlanned(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (ofPlan.isEmpty()) {
            return;
        }
        if (words == Words.AS_WRITTEN) {
            noteUnasked("the session is read-only");
            return;
        }
        List<CatalogIndex> ofTable =
                indexes.stream().filter(index -> index.table().equals(table)).toList();
        List<IndexStatement> statements = new ArrayList<>();
        Stream.concat(
                        ofPlan.stream().map(PlannedIndex::statement),
                        ofTable.stream().map(PlanReading::statement))
                .forEach(statements::add);
        Answer answer = CanonicalDefinitions.of(session, table, statements);
        if (answer instanceof Answer.Unknown unknown) {
            noteUnasked(unknown.reason());
        } else if (answer instanceof Answer.Known known) {
            for (int i = 0; i < ofPlan.size(); i++) {
                planned.put(ofPlan.get(i), known.definitions().get(i));
            }
            for (int i = 0; i < ofTable.size(); i++) {
                Definition definition = known.definitions().get(ofPlan.size() + i);
                if (definition.refusal() == null) {
                    inWords.put(ofTable.get(i).name(), definition.definition());
                }
            }
        }
    }

    private void noteUnasked(String reason) {
        notes.add("definitions are compared as they are written, not in the server's words: " + reason);
    }

    private static IndexStatement statement(CatalogIndex index) {
        IndexStatement printed = IndexStatement.parse(index.sql()).orThrow();
        return new IndexStatement(
                index.name().name(), index.table(), index.definition(), printed.before(), printed.after());
    }
}
