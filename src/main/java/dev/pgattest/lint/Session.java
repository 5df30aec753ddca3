package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is in force and what exists when a statement runs: the model that all rules share. {@link SessionChanges} keeps it up to
 * date.
 */
final class Session {

    private static final String DEFAULT_SCHEMA = "public";
    private static final String TEMPORARY_SCHEMA = "pg_temp";

    private SettingsInForce settings = new SettingsInForce();
    private KnownObjects objects = new KnownObjects();
    private @Nullable Transaction transaction;
    private @Nullable Statement previous;
    private final Set<String> noted = new HashSet<>();
    private int file = -1;
    private int transactions;
    private final Supplier<KnownObjects> outcome;

    /** A session that leaves nothing behind. */
    Session() {
        this(KnownObjects::new);
    }

    /** A session of a run of files, which leaves behind what {@code outcome} says. */
    Session(Supplier<KnownObjects> outcome) {
        this.outcome = outcome;
    }

    /** A session for an undo script: it begins with what this one knows and leaves this one alone. */
    Session copy() {
        Session copy = new Session(outcome);
        copy.settings = settings.copy();
        copy.objects = objects.copy();
        copy.file = file;
        copy.transactions = transactions;
        return copy;
    }

    /** Another file begins in a new connection. */
    void beginFile(boolean transactional) {
        file++;
        noted.clear();
        settings.resetAll();
        objects.removeTemporary();
        transaction = null;
        previous = null;
        transactions++;
        if (transactional) {
            transaction = new Transaction(transactions, null);
        }
    }

    SettingsInForce settings() {
        return settings;
    }

    KnownObjects objects() {
        return objects;
    }

    /** What exists behind the last file of the run. */
    KnownObjects outcome() {
        return outcome.get();
    }

    /** The statement before this one in the file, bodies apart; empty for the first. */
    Optional<Statement> previous() {
        return Optional.ofNullable(previous);
    }

    void setPrevious(Statement statement) {
        previous = statement;
    }

    /** The transaction that is open; empty when each statement is its own. */
    Optional<Transaction> transaction() {
        return Optional.ofNullable(transaction);
    }

    /** Where an object that is made now is made. */
    Origin here() {
        return new Origin(file, transactions);
    }

    /** A statement begins; outside of a transaction it is one of its own. */
    void beginStatement() {
        if (transaction == null) {
            transactions++;
        }
    }

    void beginTransaction(Statement opener) {
        transactions++;
        transaction = new Transaction(transactions, opener);
    }

    void endTransaction() {
        transaction = null;
        transactions++;
        settings.endTransaction();
    }

    /** Takes settings and objects back to what they were. */
    void restore(SettingsInForce earlierSettings, KnownObjects earlierObjects) {
        settings = earlierSettings.copy();
        objects = earlierObjects.copy();
    }

    /** The full name of a relation that a statement names. */
    QualifiedName name(ParseNode rangeVar) {
        String schema = rangeVar.text("schemaname");
        return name(schema.isEmpty() ? null : schema, rangeVar.text("relname"));
    }

    /** The full name of an object from the parts that a statement gives. */
    QualifiedName name(List<String> parts) {
        String last = parts.get(parts.size() - 1);
        return name(parts.size() < 2 ? null : parts.get(parts.size() - 2), last);
    }

    private QualifiedName name(@Nullable String schema, String name) {
        String known = name.isEmpty() ? "?" : name;
        if (schema != null) {
            return new QualifiedName(schema, known);
        }
        QualifiedName temporary = new QualifiedName(TEMPORARY_SCHEMA, known);
        return objects.table(temporary).isPresent() ? temporary : new QualifiedName(creationSchema(), known);
    }

    /** The name that a relation gets when it is made. */
    QualifiedName newName(ParseNode rangeVar) {
        if (rangeVar.text("relpersistence").equals("t")) {
            return new QualifiedName(TEMPORARY_SCHEMA, rangeVar.text("relname"));
        }
        String schema = rangeVar.text("schemaname");
        return new QualifiedName(schema.isEmpty() ? creationSchema() : schema, rangeVar.text("relname"));
    }

    /** The schema of what is made without naming one. */
    private String creationSchema() {
        String first = settings.value("search_path")
                .orElse(DEFAULT_SCHEMA)
                .split(",", 2)[0]
                .strip();
        boolean known = !first.isEmpty() && !first.equals("\"$user\"") && !first.equals("$user");
        return known ? first.replace("\"", "") : DEFAULT_SCHEMA;
    }

    /**
     * Whether nobody else can be hurt: the relation is temporary, or this file has made it, so that it is empty and nobody
     * uses it yet.
     */
    boolean isNew(QualifiedName relation) {
        boolean index = objects.index(relation)
                .filter(known -> known.origin().file() == file)
                .isPresent();
        return index
                || objects.table(relation)
                        .map(table -> table.isTemporary() || table.origin().file() == file)
                        .orElse(false);
    }

    /** The same for the table of an index. */
    boolean isOnNewTable(QualifiedName index) {
        return objects.index(index).map(known -> isNew(known.table())).orElse(false);
    }

    /** Whether nobody has noted this in the current file yet; for rules that say a thing once a file. */
    boolean note(String what) {
        return noted.add(what);
    }

    /** What has been noted in the current file. */
    Set<String> noted() {
        return Set.copyOf(noted);
    }

    int fileOrdinal() {
        return file;
    }
}
