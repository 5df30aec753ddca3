package dev.pgattest.audit;

/**
 * A role.
 *
 * @param name its name
 * @param login whether it can log in
 * @param superuser whether it may do everything
 * @param bypasses whether it has BYPASSRLS
 * @param replicates whether it has REPLICATION
 * @param createsRoles whether it has CREATEROLE
 */
public record RoleFacts(
        String name, boolean login, boolean superuser, boolean bypasses, boolean replicates, boolean createsRoles) {

    /** Whether no policy holds it, wherever. */
    public boolean isFree() {
        return superuser || bypasses;
    }

    /**
     * What a role has of another one.
     *
     * @param role who
     * @param target of whom
     * @param inherits whether it has the other's rights, and the other's policies apply to it
     * @param becomes whether it can take the other's place with SET ROLE, or give itself the right to
     */
    public record Reach(String role, String target, boolean inherits, boolean becomes) {}
}
