package dev.pgattest.workload;

import dev.pgattest.sql.SqlFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What runs and as whom.
 *
 * @param sql one statement with {@code :name} parameters
 * @param writes whether each execution must be rolled back
 * @param role role that runs it; null for the database's owner
 * @param session settings made before it
 * @param variants other texts, at most one a state
 * @param sequence what stands around it; {@link Sequence#ALONE} for one statement
 */
public record Statement(
        SqlFile sql,
        boolean writes,
        @Nullable String role,
        List<SessionSetting> session,
        List<Variant> variants,
        Sequence sequence) {

    public Statement {
        session = List.copyOf(session);
        variants = List.copyOf(variants);
    }

    /** A statement that stands alone. */
    public Statement(
            SqlFile sql, boolean writes, @Nullable String role, List<SessionSetting> session, List<Variant> variants) {
        this(sql, writes, role, session, variants, Sequence.ALONE);
    }

    /**
     * What stands around a statement.
     *
     * @param repetition whose rows it takes; null when it runs once
     * @param check a query whose rows say afterwards what it has done; null to compare the rows that it returns
     */
    public record Sequence(
            @Nullable Repetition repetition, @Nullable SqlFile check) {

        /** One statement that returns what is compared. */
        public static final Sequence ALONE = new Sequence(null, null);
    }

    /** Every file that is run in some state, in declared order. */
    public List<SqlFile> files() {
        Repetition repetition = sequence.repetition();
        Stream<SqlFile> own = Stream.concat(
                repetition == null ? Stream.empty() : repetition.sources().stream(),
                Stream.of(sql, sequence.check()).filter(Objects::nonNull));
        return Stream.concat(own, variants.stream().flatMap(variant -> variant.files().stream()))
                .toList();
    }

    /** The variant that replaces the SQL in a state. */
    public Optional<Variant> variantIn(String state) {
        return variants.stream()
                .filter(variant -> variant.state().equals(state))
                .findFirst();
    }

    /**
     * A session setting.
     *
     * @param name a PostgreSQL parameter, {@code app.current_tenant_id}
     * @param value its value, or {@code :name} for the value of a case's parameter
     */
    public record SessionSetting(String name, String value) {

        /** The parameter whose value is taken; empty when the value is literal. */
        public Optional<String> parameter() {
            return ParameterValue.reference(value);
        }
    }

    /** Settings by name with their values, for those who resolved the parameters. */
    public Map<String, String> sessionValues(Map<String, String> parameterTexts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (SessionSetting setting : session) {
            values.put(
                    setting.name(),
                    setting.parameter()
                            .map(parameter -> parameterTexts.getOrDefault(parameter, ""))
                            .orElse(setting.value()));
        }
        return Collections.unmodifiableMap(values);
    }
}
