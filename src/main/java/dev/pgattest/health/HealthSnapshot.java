package dev.pgattest.health;

import dev.pgattest.schema.ForeignKey;
import java.util.List;

/**
 * What a database said about itself.
 *
 * @param server the server and the database
 * @param schema the user's objects, by name
 * @param ages how far identifiers are used up
 * @param builds what builds or drops an index at this moment
 * @param replicas the other servers that were asked for their use of the same indexes
 * @param gaps what could not be read
 */
public record HealthSnapshot(
        ServerFacts server,
        SchemaFacts schema,
        AgeFacts ages,
        List<IndexBuild> builds,
        List<ReplicaFacts> replicas,
        List<Gap> gaps) {

    /**
     * The user's objects: not those of the system, of extensions, of pgattest, and no temporary ones.
     *
     * @param tables tables, partitioned ones and materialized views
     * @param indexes their indexes
     * @param foreignKeys those that are not a partition's share of its parent's
     * @param sequences those whose value could be read
     */
    public record SchemaFacts(
            List<TableFacts> tables,
            List<IndexFacts> indexes,
            List<ForeignKey> foreignKeys,
            List<SequenceFacts> sequences) {

        public SchemaFacts {
            tables = List.copyOf(tables);
            indexes = List.copyOf(indexes);
            foreignKeys = List.copyOf(foreignKeys);
            sequences = List.copyOf(sequences);
        }
    }

    /**
     * Something that could not be read, and so was not judged.
     *
     * @param kind why
     * @param object what it is about as SQL writes it; empty for the database as a whole
     * @param message what could not be judged and why
     * @param remedy what would make it readable, SQL where SQL does it; may be empty
     */
    public record Gap(Kind kind, String object, String message, String remedy) {

        /** Why something could not be read. */
        public enum Kind {
            /** The role may not. */
            RIGHT,
            /** Somebody holds or awaits a lock that would have made this reader wait. */
            LOCK,
            /** The server does not know it, or does not have what is needed. */
            UNKNOWN
        }
    }

    public HealthSnapshot {
        builds = List.copyOf(builds);
        replicas = List.copyOf(replicas);
        gaps = List.copyOf(gaps);
    }
}
