package dev.pgattest.deploy;

import dev.pgattest.sql.QualifiedName;

/**
 * Whether a case of the workload would use an index that a deployment has made.
 *
 * @param index the index; that of the partitioned table for a partition's part
 * @param query name of the query or job
 * @param caseName name of the case
 * @param used whether its plan of now reads the index, in any plan mode
 * @param detail what the plan does instead, or why there is none; empty when it is used
 */
public record UseOfIndex(QualifiedName index, String query, String caseName, boolean used, String detail) {

    /** The case, as messages name it. */
    public String subject() {
        return query + " (" + caseName + ")";
    }

    /** What is wrong with it, in a sentence without an end. */
    public String text() {
        return index.sql()
                + (used ? " is used by " : " is not used by ")
                + subject()
                + (detail.isEmpty() ? "" : ": " + detail);
    }
}
