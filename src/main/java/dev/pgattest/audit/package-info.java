/**
 * Whether tenants are kept apart. What a database's catalog says about its tables, policies, roles, views, routines and keys comes in
 * ({@link dev.pgattest.audit.AuditSnapshot}), and what was attempted as one tenant against another
 * ({@link dev.pgattest.audit.Attempt}); findings with their remedies go out ({@link dev.pgattest.audit.AuditReport}). Nothing here asks a
 * server.
 */
@NullMarked
package dev.pgattest.audit;

import org.jspecify.annotations.NullMarked;
