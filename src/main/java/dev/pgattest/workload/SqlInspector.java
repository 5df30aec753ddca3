package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.sql.SqlFile;
import java.util.List;
import java.util.Set;

/** What SQL's grammar says about a file. */
public interface SqlInspector {

    /** Inspects a file that must hold one statement with {@code :name} parameters. */
    Findings inspectQuery(SqlFile file);

    /** The problems of a script: a migration or a state's change; empty when every statement parses. */
    List<Problem> inspectScript(SqlFile file);

    /**
     * What was found in a query's file.
     *
     * @param parameters names of its parameters; meaningless when there are problems
     * @param writes what in it changes or locks rows, in words; empty when it only reads
     * @param problems why it is no usable statement, with their places; empty when it is
     */
    record Findings(Set<String> parameters, String writes, List<Problem> problems) {
        public Findings {
            parameters = Set.copyOf(parameters);
            problems = List.copyOf(problems);
        }
    }
}
