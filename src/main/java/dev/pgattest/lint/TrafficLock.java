package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Kind;
import dev.pgattest.sql.QualifiedName;
import java.util.Map;
import java.util.Optional;

/**
 * A lock that a statement of the schema asks for and that stops writers, or readers too.
 *
 * @param words the mode and what is locked
 * @param stopped what waits behind it
 */
record TrafficLock(String words, String stopped) {

    /** The strongest such lock on something that others may be using; empty for none. */
    static Optional<TrafficLock> of(Visit visit) {
        Statement statement = visit.statement();
        boolean waits = !visit.node().flag("nowait");
        if (!waits || refreshesBesideReaders(visit)) {
            return Optional.empty();
        }
        return unknownIndex(visit)
                .or(() -> StatementLocks.of(statement.node(), visit.session()).entrySet().stream()
                        .filter(lock -> lock.getValue().stopsWriters())
                        .filter(lock -> !visit.session().isNew(lock.getKey()))
                        .filter(lock ->
                                lock.getValue().stopsReaders() || !isMaterialized(visit.session(), lock.getKey()))
                        .max(Map.Entry.comparingByValue())
                        .map(lock -> of(lock.getValue(), shown(lock.getKey()))));
    }

    private static TrafficLock of(LockMode mode, String what) {
        String article = mode == LockMode.ACCESS_EXCLUSIVE || mode == LockMode.EXCLUSIVE ? "an " : "a ";
        return new TrafficLock(article + mode.words() + " lock on " + what, mode.stopped());
    }

    /** The files do not say which table it is on. */
    private static Optional<TrafficLock> unknownIndex(Visit visit) {
        boolean drops = visit.is("DropStmt")
                && visit.node().text("removeType").equals("OBJECT_INDEX")
                && !visit.node().flag("concurrent");
        if (!drops) {
            return Optional.empty();
        }
        return visit.node().list("objects").stream()
                .filter(object -> visit.session()
                        .objects()
                        .index(SessionChanges.objectName(visit.session(), object))
                        .isEmpty())
                .findFirst()
                .map(object -> of(LockMode.ACCESS_EXCLUSIVE, "the table of " + ConcurrentCommand.shown(object)));
    }

    private static boolean refreshesBesideReaders(Visit visit) {
        return visit.is("RefreshMatViewStmt") && visit.node().flag("concurrent");
    }

    private static boolean isMaterialized(Session session, QualifiedName relation) {
        return session.objects()
                .table(relation)
                .filter(table -> table.kind() == Kind.MATERIALIZED_VIEW)
                .isPresent();
    }

    private static String shown(QualifiedName relation) {
        boolean usual = relation.schema() == null || relation.schema().equals("public");
        return usual ? new QualifiedName(null, relation.name()).sql() : relation.sql();
    }
}
