/**
 * PostgreSQL clusters of our own. A {@link dev.pgattest.postgres.server.ClusterRequest} comes in; a running
 * {@link dev.pgattest.postgres.server.Cluster} goes out, and nothing of it stays behind when it is closed, interrupted or
 * killed.
 */
@NullMarked
package dev.pgattest.postgres.server;

import org.jspecify.annotations.NullMarked;
