package dev.pgattest.deploy;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a running step is.
 *
 * @param phase as the server names it; empty when it does not say
 * @param percent of the phase, 0 to 100; negative when unknown
 * @param blocker the session that it waits for; null for none
 */
public record BuildProgress(
        String phase, double percent, @Nullable Blocker blocker) {

    /**
     * A session that others wait for.
     *
     * @param pid its backend
     * @param application its application name
     * @param role its role
     * @param state what it does
     * @param age of its transaction
     * @param query its last statement, shortened
     */
    public record Blocker(int pid, String application, String role, String state, Duration age, String query) {

        /** In one line. */
        public String text() {
            return "process " + pid + " (" + (application.isEmpty() ? role : role + ", " + application) + ", " + state
                    + " for " + age.toSeconds() + " s): " + query;
        }
    }

    /** Phase, percent and blocker in one line. */
    public String text() {
        String share = percent < 0 ? "" : String.format(Locale.ROOT, " %.0f %%", percent);
        String waiting = blocker == null ? "" : ", waits for " + blocker.text();
        return (phase.isEmpty() ? "working" : phase) + share + waiting;
    }
}
