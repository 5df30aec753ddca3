package dev.pgattest.audit;

import java.util.Locale;

/**
 * Something that was tried as one tenant against the rows of another.
 *
 * @param object the table, view or function, as SQL writes it
 * @param role as which role
 * @param action what was tried
 * @param constraint name of the key or foreign key that it is about; empty for none
 * @param session what the session said about who asks
 * @param expected what must happen
 * @param outcome what happened
 * @param verdict whether tenants were kept apart
 */
public record Attempt(
        String object,
        String role,
        Action action,
        String constraint,
        SessionTenant session,
        String expected,
        String outcome,
        Verdict verdict) {

    /** What is tried. */
    public enum Action {
        /** Sees its own rows: without that, the rest would prove nothing. */
        READ_OWN,
        READ,
        INSERT,
        UPDATE,
        /** Gives a row of its own to another tenant. */
        GIVE_AWAY,
        DELETE,
        TRUNCATE,
        /** Writes a key that a row of another tenant has. */
        PROBE_UNIQUE,
        /** Refers to a row of another tenant. */
        PROBE_REFERENCE,
        /** Looks whether what it sees changes with a row of another tenant. */
        OBSERVE;

        /** As machine output writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the session says about who asks. */
    public enum SessionTenant {
        /** The one tenant. */
        A,
        /** Nothing was ever said. */
        MISSING,
        /** The empty string, which a setting is after a transaction that set it. */
        EMPTY,
        /** Something that is no tenant's id. */
        MALFORMED;

        /** As machine output writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether tenants were kept apart. */
    public enum Verdict {
        /** They were. */
        HELD,
        /** They were not. */
        HOLE,
        /** They were not, by a value that cannot be guessed. */
        TOLERATED,
        /** It could not be tried. */
        NOT_PROVED;

        /** As machine output writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
