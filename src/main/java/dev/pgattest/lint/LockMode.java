package dev.pgattest.lint;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** PostgreSQL's table lock modes, the weakest first. */
public enum LockMode {
    ACCESS_SHARE("AccessShareLock"),
    ROW_SHARE("RowShareLock"),
    ROW_EXCLUSIVE("RowExclusiveLock"),
    SHARE_UPDATE_EXCLUSIVE("ShareUpdateExclusiveLock"),
    SHARE("ShareLock"),
    SHARE_ROW_EXCLUSIVE("ShareRowExclusiveLock"),
    EXCLUSIVE("ExclusiveLock"),
    ACCESS_EXCLUSIVE("AccessExclusiveLock");

    private final String catalogName;

    LockMode(String catalogName) {
        this.catalogName = catalogName;
    }

    /**
     * The mode of a number in lockdefs.h, as the parse tree of {@code LOCK TABLE} has it.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static LockMode ofNumber(int number) {
        List<LockMode> modes = List.of(values());
        if (number < 1 || number > modes.size()) {
            throw new IllegalArgumentException("no lock mode has the number " + number);
        }
        return modes.get(number - 1);
    }

    /** The mode that {@code pg_locks.mode} calls by this name. */
    public static Optional<LockMode> ofCatalogName(String name) {
        return List.of(values()).stream()
                .filter(mode -> mode.catalogName.equals(name))
                .findFirst();
    }

    /** As {@code pg_locks.mode} has it. */
    public String catalogName() {
        return catalogName;
    }

    /** As the manual writes it: {@code ACCESS EXCLUSIVE}. */
    public String words() {
        return name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    /** Whether INSERT, UPDATE and DELETE wait for it. */
    public boolean stopsWriters() {
        return compareTo(SHARE) >= 0;
    }

    /** Whether even SELECT waits for it. */
    public boolean stopsReaders() {
        return this == ACCESS_EXCLUSIVE;
    }

    /** What waits for it, in words. */
    public String stopped() {
        return stopsReaders() ? "reads and writes" : stopsWriters() ? "writes" : "no reads or writes";
    }
}
