package dev.pgattest.workload;

/**
 * Why a query exists and who answers for it. Texts are empty when nothing is said.
 *
 * @param priority what a failure means
 * @param owner who answers for it; never empty for {@link Priority#P0}
 * @param serves the endpoint or worker that runs it
 * @param persona who waits for the answer
 * @param useCase what the answer is for
 * @param notes what else a reviewer should know
 */
public record Purpose(Priority priority, String owner, String serves, String persona, String useCase, String notes) {}
