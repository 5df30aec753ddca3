package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a statement does to the session: its settings, its transaction, the locks that it holds. Objects: {@link ObjectChanges}. */
final class SessionChanges {

    private static final Set<String> BEGINNING = Set.of("TRANS_STMT_BEGIN", "TRANS_STMT_START");
    private static final Set<String> UNDOING = Set.of("TRANS_STMT_ROLLBACK", "TRANS_STMT_ROLLBACK_PREPARED");
    private static final Set<String> ENDING = Set.of("TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK", "TRANS_STMT_PREPARE");

    private final Session session;
    private final ObjectChanges objects;
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();

    SessionChanges(Session session) {
        this.session = session;
        this.objects = new ObjectChanges(session);
    }

    /** What a rollback goes back to; the first has no name and stands for the whole transaction. */
    private record Savepoint(
            String name, SettingsInForce settings, KnownObjects objects, Map<QualifiedName, LockMode> locks) {}

    /** Another file, or part of one, begins. */
    void begin(Part part) {
        savepoints.clear();
        session.begin(part);
    }

    /** A statement is about to run. */
    void before(Statement statement) {
        if (!statement.is("TransactionStmt")) {
            session.beginStatement();
        }
    }

    /** A statement has run. */
    void after(Statement statement) {
        ParseNode node = statement.node();
        session.transaction()
                .ifPresent(transaction -> StatementLocks.of(node, session).forEach((relation, mode) -> {
                    // Who waits for something that is dropped waits for nothing.
                    if (!session.isNew(relation) && !dropsRelation(node)) {
                        transaction.hold(relation, mode);
                        if (node.is("CreateTrigStmt")) {
                            transaction.triggered().add(relation);
                        }
                    }
                }));
        if (statement.inside() == Statement.Inside.FILE) {
            session.setPrevious(statement);
        }
        switch (node.kind()) {
            case "TransactionStmt" -> transaction(statement);
            case "VariableSetStmt" -> set(node);
            case "SelectStmt" -> {
                node.all("FuncCall").forEach(this::setByFunction);
                objects.apply(statement);
            }
            case "AlterRoleSetStmt", "AlterDatabaseSetStmt" -> setDefault(node.child("setstmt"));
            default -> objects.apply(statement);
        }
    }

    private static boolean dropsRelation(ParseNode node) {
        return node.is("DropStmt")
                && List.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW").contains(node.text("removeType"));
    }

    private void transaction(Statement statement) {
        String kind = statement.node().text("kind");
        if (BEGINNING.contains(kind) && session.transaction().isEmpty()) {
            savepoints.clear();
            savepoints.push(savepoint(""));
            session.beginTransaction(statement);
        } else if (ENDING.contains(kind)) {
            end(UNDOING.contains(kind));
            if (statement.node().flag("chain")) {
                savepoints.push(savepoint(""));
                session.beginTransaction(statement);
            }
        } else if (kind.equals("TRANS_STMT_SAVEPOINT")) {
            savepoints.push(savepoint(statement.node().text("savepoint_name")));
        } else if (kind.equals("TRANS_STMT_ROLLBACK_TO")) {
            rollBackTo(statement.node().text("savepoint_name"));
        }
    }

    private Savepoint savepoint(String name) {
        Map<QualifiedName, LockMode> locks = new LinkedHashMap<>(
                session.transaction().map(Transaction::locks).orElse(Map.of()));
        // A copy for each transaction of a large file would take too long, and few are rolled back.
        KnownObjects known = session.part().rollsBack() ? session.objects().copy() : session.objects();
        return new Savepoint(name, session.settings().copy(), known, locks);
    }

    private void end(boolean undo) {
        if (undo && !savepoints.isEmpty()) {
            session.restore(
                    savepoints.getLast().settings(), savepoints.getLast().objects());
        }
        savepoints.clear();
        session.endTransaction();
    }

    private void rollBackTo(String name) {
        while (!savepoints.isEmpty() && !savepoints.getFirst().name().equals(name)) {
            if (savepoints.size() == 1) {
                return;
            }
            savepoints.pop();
        }
        if (!savepoints.isEmpty()) {
            Savepoint savepoint = savepoints.getFirst();
            session.restore(savepoint.settings(), savepoint.objects());
            session.transaction().ifPresent(transaction -> transaction.backTo(savepoint.locks()));
        }
    }

    private void set(ParseNode node) {
        String name = node.text("name");
        switch (node.text("kind")) {
            case "VAR_RESET_ALL" -> session.settings().resetAll();
            case "VAR_SET_VALUE", "VAR_SET_DEFAULT", "VAR_RESET" -> {
                if (!node.flag("is_local")) {
                    session.settings().set(name, value(node));
                } else if (session.transaction().isPresent()) {
                    session.settings().setLocal(name, value(node));
                }
            }
            default -> {}
        }
    }

    private void setDefault(ParseNode set) {
        if (set.text("kind").equals("VAR_SET_VALUE")) {
            session.settings().setDefault(set.text("name"), value(set));
        }
    }

    private static @Nullable String value(ParseNode set) {
        if (!set.text("kind").equals("VAR_SET_VALUE")) {
            return null;
        }
        return set.list("args").stream()
                .map(argument -> argument.constant().orElse(""))
                .collect(Collectors.joining(", "));
    }

    /** {@code select set_config('lock_timeout', '2s', false)}. */
    private void setByFunction(ParseNode call) {
        List<String> name = call.names("funcname");
        List<ParseNode> arguments = call.list("args");
        boolean sets = name.get(name.size() - 1).equals("set_config") && arguments.size() == 3;
        if (!sets || arguments.stream().anyMatch(each -> each.constant().isEmpty())) {
            return;
        }
        String setting = arguments.get(0).constant().orElse("").toLowerCase(Locale.ROOT);
        String value = arguments.get(1).constant().orElse("");
        boolean local = arguments.get(2).constant().orElse("").startsWith("t");
        if (!local) {
            session.settings().set(setting, value);
        } else if (session.transaction().isPresent()) {
            session.settings().setLocal(setting, value);
        }
    }

    /** The full name of what an object list holds: a list of names, a type name, or one name. */
    static QualifiedName objectName(Session session, ParseNode object) {
        List<String> parts = object.is("List") ? object.names("items") : object.names("names");
        return session.name(parts.isEmpty() ? List.of(object.name().isEmpty() ? "?" : object.name()) : parts);
    }
}
