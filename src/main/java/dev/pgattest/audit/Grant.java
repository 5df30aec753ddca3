package dev.pgattest.audit;

import java.util.Locale;
import java.util.Set;

/** Rights on relations. */
public final class Grant {

    private Grant() {}

    /** A right on a table. */
    public enum Right {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE,
        REFERENCES,
        TRIGGER;

        /** As SQL writes it in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a role can do with a relation, however it came by that; a right on one column counts.
     *
     * @param role who
     * @param relation id of the relation
     * @param rights at least one
     */
    public record Effective(String role, long relation, Set<Right> rights) {
        public Effective {
            rights = Set.copyOf(rights);
        }
    }

    /**
     * What was granted, to somebody else than the owner.
     *
     * @param grantee who; empty for PUBLIC
     * @param relation id of the relation
     * @param rights at least one
     */
    public record Given(String grantee, long relation, Set<Right> rights) {
        public Given {
            rights = Set.copyOf(rights);
        }
    }
}
