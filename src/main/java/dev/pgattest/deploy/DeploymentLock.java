package dev.pgattest.deploy;

/** The lock that one deployment at a time holds in a database, whether this program or a script of a playbook carries it out. */
public final class DeploymentLock {

    /** "pgattest" in ASCII and two more, as the bigint key of a session advisory lock. */
    public static final long KEY = 0x7067_6174_7465_7374L + 2;

    private DeploymentLock() {}
}
