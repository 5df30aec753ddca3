package dev.pgattest.postgres.server;

/** What happens to a cluster when the command that started it ends. */
public enum Retention {
    /** It is stopped and removed. */
    REMOVE,
    /** It stays, running, until {@link KeptCluster#remove} or a reboot; a later run of the same project uses it again. */
    KEEP
}
