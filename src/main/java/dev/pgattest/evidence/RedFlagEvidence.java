package dev.pgattest.evidence;

/**
 * A plan smell that was found, or a plan rule that says why it does not apply.
 *
 * @param id rule id
 * @param severity {@code error}, {@code warning} or {@code not-applicable}
 * @param node the plan node it names, such as {@code 0.1 Seq Scan on orders}; empty when it names the whole plan
 * @param message the consequence, with the numbers seen
 * @param remedy what to do; empty when there is nothing to do
 */
public record RedFlagEvidence(String id, String severity, String node, String message, String remedy) {

    /** Whether it decides a verdict. */
    public boolean isError() {
        return severity.equals("error");
    }
}
