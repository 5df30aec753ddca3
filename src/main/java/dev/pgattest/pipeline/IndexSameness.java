package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.Wanted;
import dev.pgattest.deploy.WantedIndex;
import dev.pgattest.postgres.CanonicalDefinitions;
import dev.pgattest.postgres.CanonicalDefinitions.Answer;
import dev.pgattest.postgres.CanonicalDefinitions.Definition;
import dev.pgattest.postgres.Session;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells whether an index of the database is what is wanted, whatever words either is written in. */
final class IndexSameness {

    private final Session session;
    private final CatalogSnapshot live;

    IndexSameness(Session session, CatalogSnapshot live) {
        this.session = session;
        this.live = live;
    }

    /** The indexes of the database, by their names of now, that are what is wanted under the final name. */
    Set<QualifiedName> asWanted(Wanted wanted) {
        Set<QualifiedName> same = new HashSet<>();
        for (WantedIndex index : wanted.indexes().values()) {
            for (QualifiedName name : names(index.name())) {
                if (is(name, index.statement())) {
                    same.add(name);
                }
            }
        }
        return same;
    }

    private static List<QualifiedName> names(QualifiedName index) {
        return List.of(index, WantedIndex.temporaryName(index), WantedIndex.formerName(index));
    }

    /**
     * Whether the index of that name is what a statement makes, on the statement's table.
     *
     * @throws PgattestException of the environment when the server cannot be asked: an index that may be right is not to be rebuilt
     */
    boolean is(QualifiedName name, IndexStatement wanted) {
        Optional<CatalogIndex> present = live.index(name);
        if (present.isEmpty() || !present.get().table().equals(wanted.table())) {
            return false;
        }
        IndexStatement found = IndexStatement.parse(present.get().sql()).orThrow();
        return found.definition().equals(wanted.definition()) || meanTheSame(name, found, wanted);
    }

    private boolean meanTheSame(QualifiedName name, IndexStatement found, IndexStatement wanted) {
        Answer answer = CanonicalDefinitions.of(session, wanted.table(), List.of(found, wanted));
        if (answer instanceof Answer.Known known) {
            Definition first = known.definitions().get(0);
            Definition second = known.definitions().get(1);
            return first.refusal() == null
                    && second.refusal() == null
                    && first.definition().equals(second.definition());
        }
        throw PgattestException.environment(
                "it cannot be told whether " + name.sql() + " is as wanted: " + ((Answer.Unknown) answer).reason(),
                "connect as a role that may read the table and make temporary ones");
    }
}
