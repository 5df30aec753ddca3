package dev.pgattest.workload;

import dev.pgattest.sql.SqlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one query or job. */
final class QueryReader {

    private static final SqlFile NO_FILE = new SqlFile("", "");

    private final ReferencedFiles files;
    private final WorkloadReader.Surroundings surroundings;
    private final Entry defaults;

    QueryReader(ReferencedFiles files, WorkloadReader.Surroundings surroundings, Entry defaults) {
        this.files = files;
        this.surroundings = surroundings;
        this.defaults = defaults;
    }

    Query read(Entry query, boolean writesByDefault) {
        Purpose purpose = purpose(query);
        Entry session = inherited(query, "session");
        ParameterUse use = new ParameterUse(session);
        Optional<SqlFile> sql = files.file(query.at("sql"));
        boolean writes = query.at("writes").flagOr(writesByDefault);
        SequenceReader sequences = new SequenceReader(files, use);
        Repetition repetition = sequences.repetition(query);
        use.readBy("the query", repetition, sql.flatMap(file -> files.parameters(file, query, writes)));
        Statement.Sequence sequence = new Statement.Sequence(repetition, sequences.check(query));
        List<Variant> variants = variants(query, use, writesByDefault && writes);
        Statement statement = new Statement(
                sql.orElse(NO_FILE),
                writes,
                inherited(query, "role").text().orElse(null),
                settings(session),
                variants,
                sequence);
        List<Case> cases = cases(query, use);
        requireForP0(query, purpose);
        Placeholder.rejectIn(query);
        return new Query(query.name(), statement, purpose, load(query), expectation(query), cases);
    }

    private Entry inherited(Entry query, String key) {
        return query.at(key).exists() ? query.at(key) : defaults.at(key);
    }

    private static Purpose purpose(Entry query) {
        Priority priority = query.at("priority").text().map(Priority::valueOf).orElse(Priority.P2);
        return new Purpose(
                priority,
                query.at("owner").textOr(""),
                query.at("serves").textOr(""),
                query.at("persona").textOr(""),
                query.at("use_case").textOr(""),
                query.at("notes").textOr(""));
    }

    private static Load load(Entry query) {
        return new Load(
                query.at("frequency").parsed(Frequency::parse).orElse(null),
                query.at("concurrency").integerOr(1));
    }

    private Expectation expectation(Entry query) {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        for (Entry state : query.at("indexes").children()) {
            Names.requireKnownKey(state, "state", surroundings.states());
            indexes.put(state.name(), state.texts());
        }
        List<String> critical = query.at("critical_tables").texts();
        String noIndex = query.at("no_index").textOr("");
        if (!noIndex.isEmpty() && indexes.values().stream().anyMatch(names -> !names.isEmpty())) {
            query.at("no_index").rejectKey("the query has both 'indexes' and 'no_index'", "keep the one that is true");
        }
        return new Expectation(query.at("expected_rows").textOr(""), critical, indexes, noIndex);
    }

    private static List<Statement.SessionSetting> settings(Entry session) {
        return session.children().stream()
                .map(setting -> new Statement.SessionSetting(setting.name(), setting.textOr("")))
                .toList();
    }

    private List<Variant> variants(Entry query, ParameterUse use, boolean writesByDefault) {
        List<Variant> variants = new ArrayList<>();
        for (Entry variant : query.at("variants").children()) {
            Names.requireKnownKey(variant, "state", surroundings.states());
            Optional<SqlFile> sql = files.file(variant.at("sql"));
            boolean writes = variant.at("writes").flagOr(writesByDefault);
            Repetition repetition = new SequenceReader(files, use).repetition(variant);
            use.readBy(
                    "the variant of '" + variant.name() + "'",
                    repetition,
                    sql.flatMap(file -> files.parameters(file, variant, writes)));
            variants.add(new Variant(
                    variant.name(),
                    sql.orElse(NO_FILE),
                    variant.at("description").textOr(""),
                    variant.at("ordered").flagOr(true),
                    variant.at("ignore_columns").texts(),
                    writes,
                    repetition));
        }
        return variants;
    }

    private List<Case> cases(Entry query, ParameterUse use) {
        List<Entry> entries = query.at("cases").children();
        Names.rejectRepeated(entries);
        CaseReader reader = new CaseReader(surroundings, use);
        return entries.stream().filter(Entry::isMapping).map(reader::read).toList();
    }

    private static void requireForP0(Entry query, Purpose purpose) {
        if (purpose.priority() != Priority.P0) {
            return;
        }
        if (purpose.owner().isEmpty() && !query.at("owner").exists()) {
            query.rejectKey(
                    "the P0 query '" + query.name() + "' has no owner", "write for example `owner: payments team`");
        }
        List<Entry> cases = query.at("cases").children();
        if (cases.isEmpty()
                && (query.at("cases").isMapping() || !query.at("cases").exists())) {
            query.rejectKey(
                    "the P0 query '" + query.name() + "' has no cases", "add `cases:` with at least one parameter set");
        }
        for (Entry entry : cases) {
            if (entry.isMapping() && !entry.at("slo").exists()) {
                entry.rejectKey(
                        "the case '" + entry.name() + "' of the P0 query '" + query.name() + "' has no SLO",
                        "write for example `slo: p95 < 500 ms`");
            }
        }
    }

    /** Parameters by who reads them. */
    static final class ParameterUse {

        private final Map<String, Set<String>> readers = new LinkedHashMap<>();
        private final Set<String> perhaps = new LinkedHashSet<>();
        private boolean complete = true;

        ParameterUse(Entry session) {
            Set<String> named = new LinkedHashSet<>();
            for (Entry setting : session.children()) {
                setting.text().flatMap(ParameterValue::reference).ifPresent(named::add);
            }
            readers.put("the session", named);
        }

        /** Notes a reader; when its parameters are unknown, no parameter is called superfluous. */
        void readBy(String reader, Optional<Set<String>> parameters) {
            parameters.ifPresent(names -> readers.put(reader, names));
            complete = complete && parameters.isPresent();
        }

        /** Notes a reader whose parameters may also come from rows, which only a server can say. */
        void mayBeReadBy(Optional<Set<String>> parameters) {
            parameters.ifPresent(perhaps::addAll);
            complete = complete && parameters.isPresent();
        }

        private void readBy(String reader, @Nullable Repetition repetition, Optional<Set<String>> parameters) {
            if (repetition == null) {
                readBy(reader, parameters);
            } else {
                mayBeReadBy(parameters);
            }
        }

        Map<String, Set<String>> readers() {
            return readers;
        }

        /** Parameters that cases may give. */
        Set<String> perhaps() {
            return perhaps;
        }

        boolean isComplete() {
            return complete;
        }
    }
}
