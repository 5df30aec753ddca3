/**
 * What people need who carry a deployment out by hand: a {@link dev.pgattest.deploy.DeploymentPlan} and what was seen of the database come
 * in, the operator's document and scripts for psql go out, as text. Equal input gives equal text.
 */
@NullMarked
package dev.pgattest.playbook;

import org.jspecify.annotations.NullMarked;
