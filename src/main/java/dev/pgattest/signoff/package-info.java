/**
 * Who vouches for evidence: statements, SSH signatures and a list of allowed signers come in as text; what a signature is worth goes
 * out, each refusal with its reason. Signatures are those of {@code ssh-keygen -Y sign}; verifying needs no other program.
 */
@NullMarked
package dev.pgattest.signoff;

import org.jspecify.annotations.NullMarked;
