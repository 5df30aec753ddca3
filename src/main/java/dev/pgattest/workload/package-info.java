/**
 * Texts of a project's files come in; a {@link dev.pgattest.workload.Project} goes out, with its states, queries, cases and
 * SLOs, or every problem of those files at once. What depends on SQL's grammar, on the dataset and on the red flags is asked
 * from outside, through {@link dev.pgattest.workload.ProjectRules}.
 */
@NullMarked
package dev.pgattest.workload;

import org.jspecify.annotations.NullMarked;
