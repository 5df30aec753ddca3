package dev.pgattest.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a run's load was the load that it says: what the driver could not offer, nobody has withstood. */
public final class DriverCheck {

    /** Share of the executions that may be behind at the end of a run. */
    public static final double MOST_BEHIND = 0.05;

    /** How late the driver may be for one execution in twenty, in milliseconds: so much of a p95 may be its own. */
    public static final double MOST_LAG_MS = 10;

    private DriverCheck() {}

    /** Why the run says nothing good; empty when the driver kept up. */
    public static List<String> troubles(LoadSamples samples) {
        List<String> troubles = new ArrayList<>();
        long offered = samples.offeredCount();
        long behind = offered - samples.achievedCount();
        // What is being executed at the end of a run is not behind: at most as much as there are connections.
        if (behind > samples.connections() && behind > MOST_BEHIND * offered) {
            troubles.add(String.format(
                    Locale.ROOT,
                    "the offered load was not achieved: %.1f of %.1f executions a second",
                    samples.achievedCount() / samples.seconds(),
                    offered / samples.seconds()));
        }
        double lagMs = samples.lag().p95() / 1e6;
        if (lagMs > MOST_LAG_MS) {
            troubles.add(String.format(
                    Locale.ROOT,
                    "the driver was late: by more than %.1f ms for one execution in twenty, %.0f ms are allowed; the machine is too busy",
                    lagMs,
                    MOST_LAG_MS));
        }
        return troubles;
    }
}
