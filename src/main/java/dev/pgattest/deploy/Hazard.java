package dev.pgattest.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What somebody has to allow by name before it is done. */
public enum Hazard {
    /** A valid index goes, and every query that needs it is slow from then on. */
    DROP_INDEX("drop-index", "an index that queries may use is dropped"),
    /** Another definition under the same name. */
    REPLACE_INDEX("replace-index", "an index gets another definition"),
    /** See fact 5 of docs/deployment.md: it refuses rows before it is finished. */
    UNIQUE_BUILD(
            "unique-build", "a unique index refuses rows while it is built, and fails on rows that are equal already"),
    /** A constraint goes together with its index. */
    DROP_CONSTRAINT("drop-constraint", "a constraint is dropped, and rows that it refused are accepted"),
    /** Statements of a state's script. */
    SCRIPT("script", "statements of the state's script change the database"),
    /** Statements that may hold a lock for long. */
    LONG_LOCK("long-lock", "a lock that stops writers or readers may be held for as long as the statement takes"),
    /** An invalid index that no deployment left behind. */
    INVALID_INDEX("invalid-index", "an invalid index is dropped that no deployment of pgattest left behind");

    private final String id;
    private final String effect;

    Hazard(String id, String effect) {
        this.id = id;
        this.effect = effect;
    }

    /** How it is named on the command line and in plans. */
    public String id() {
        return id;
    }

    /** What happens, as a sentence without an end. */
    public String effect() {
        return effect;
    }

    /** The hazard of that name. */
    public static Optional<Hazard> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }

    /** All names. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Hazard::id).toList();
    }
}
