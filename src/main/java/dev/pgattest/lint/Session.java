package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final List<String> notedBlocks = new ArrayList<>();
    private int file = -1;
    private int transactions;
    private Part part = Part.whole(false, false);

    /** A session for an undo script: it begins with what this one knows and leaves this one alone. */
    Session copy() {
        Session copy = new Session();
        copy.settings = settings.copy();
        copy.objects = objects.copy();
        copy.file = file;
        copy.transactions = transactions;
        return copy;
    }

    /** Another file, or part of one, begins in a new connection. */
    void begin(Part next) {
        part = next;
        file++;
        noted.clear();
        notedBlocks.clear();
        settings.resetAll();
        objects.removeTemporary();
        transaction = null;
        previous = null;
        transactions++;
        if (part.wrapped()) {
            transaction = new Transaction(transactions, null);
        }
    }

    SettingsInForce settings() {
        return settings;
    }

    KnownObjects objects() {
        return objects;
    }

    /** What is running. */
    Part part() {
        return part;
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

    /** Notes what a rule wants to know later in the file. */
    void note(String what) {
        noted.add(what);
    }

    /** Whether a rule has noted this in the current file. */
    boolean isNoted(String what) {
        return noted.contains(what);
    }

    /** Notes the text of a block. */
    void noteBlock(String text) {
        notedBlocks.add(text);
    }

    /** The texts of blocks that a rule has noted in the current file, in order. */
    List<String> notedBlocks() {
        return Collections.unmodifiableList(notedBlocks);
    }

    int fileOrdinal() {
        return file;
    }
}
