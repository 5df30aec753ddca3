package dev.pgattest.deploy;

import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An index as it is to be.
 *
 * @param name with its schema
 * @param statement what makes it, on its own table
 * @param constraint the constraint that owns it, as it stands behind {@code using index}; null when none does
 * @param comment null for none
 */
public record WantedIndex(
        QualifiedName name,
        IndexStatement statement,
        @Nullable Constraint constraint,
        @Nullable String comment) {

    /**
     * A constraint that owns an index.
     *
     * @param kind {@code primary key} or {@code unique}
     * @param checked when it is checked, such as {@code deferrable initially deferred}; empty for at once
     */
    public record Constraint(String kind, String checked) {}

    /** Its table. */
    public QualifiedName table() {
        return statement.table();
    }

    /** The constraint that owns it. */
    public Optional<Constraint> owner() {
        return Optional.ofNullable(constraint);
    }

    /** What the catalog has to say about it; empty when nothing. */
    public Optional<String> remark() {
        return Optional.ofNullable(comment);
    }

    /** The name that an index has until it takes the place of another. */
    public static QualifiedName temporaryName(QualifiedName index) {
        return TemporaryName.ofNew(index);
    }

    /** The name that an index has from then on until it is dropped whose place is taken. */
    public static QualifiedName formerName(QualifiedName index) {
        return TemporaryName.ofOld(index);
    }

    /** Whether the name is one that an index has only while it takes the place of another, or while its place is taken. */
    public static boolean isTemporary(QualifiedName index) {
        return TemporaryName.is(index);
    }

    /** {@code create index concurrently} under a name, on a table. */
    String built(QualifiedName under, QualifiedName on) {
        return created(under, on.sql(), "index concurrently");
    }

    /** {@code create index on only} a partitioned table under a name. */
    String builtOnParent(QualifiedName under, QualifiedName on) {
        return created(under, "only " + on.sql(), "index");
    }

    private String created(QualifiedName under, String on, String index) {
        return "create " + (statement.definition().isUnique() ? "unique " : "") + index + " "
                + Identifier.quote(under.name()) + " on " + on + statement.after();
    }
}
