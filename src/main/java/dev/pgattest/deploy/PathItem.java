package dev.pgattest.deploy;

import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Set;

/** What the scripts from one state to another do at one place, in their order. */
public sealed interface PathItem {

    /**
     * A statement that makes indexes. Whether that is still to be done, the comparison of the catalogs says.
     *
     * @param indexes their names
     */
    record IndexPlace(Set<QualifiedName> indexes) implements PathItem {}

    /**
     * Statements that are run as they are.
     *
     * @param step that runs them
     * @param objects what each statement makes, removes and needs
     * @param made the relations that they make
     * @param removed the relations that they remove
     */
    record Script(Step step, List<StatementObjects> objects, Set<QualifiedName> made, Set<QualifiedName> removed)
            implements PathItem {}
}
