/**
 * Changes of indexes on a database that is in use, as data. What is wanted ({@link dev.pgattest.deploy.Wanted}), what a database has
 * ({@link dev.pgattest.deploy.CatalogSnapshot}) and the statements of state scripts come in; a
 * {@link dev.pgattest.deploy.DeploymentPlan} of ordered steps goes out. Nothing here asks a server.
 */
@NullMarked
package dev.pgattest.deploy;

import org.jspecify.annotations.NullMarked;
