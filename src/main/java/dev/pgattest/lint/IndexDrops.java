package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.stream.Collectors;

/** What rules need to know about {@code DROP INDEX}. */
final class IndexDrops {

    private IndexDrops() {}

    /** The same as statements that CONCURRENTLY accepts: one for each index, without CASCADE; no semicolon at the end. */
    static String oneByOne(Statement drop) {
        ParseNode node = drop.node();
        String words =
                drop.keyword("drop index concurrently ") + (node.flag("missing_ok") ? drop.keyword("if exists ") : "");
        return node.list("objects").stream()
                .map(object -> words + ConcurrentCommand.shown(object))
                .collect(Collectors.joining(";\n"));
    }

    /** Whether it is known to be an index of a partitioned table itself, which CONCURRENTLY cannot drop. */
    static boolean isOfPartitionedTable(Session session, QualifiedName index) {
        return session.objects()
                .index(index)
                .flatMap(known -> session.objects().table(known.table()))
                .filter(KnownTable::isPartitioned)
                .isPresent();
    }
}
