package dev.pgattest.workload;

/** What the failure of a query means. */
public enum Priority {
    /** It blocks. */
    P0,
    /** It warns. */
    P1,
    /** It informs. */
    P2
}
