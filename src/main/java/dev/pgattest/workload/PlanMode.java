package dev.pgattest.workload;

import java.util.Locale;

/** Which plan of a prepared statement is measured; a pool's sessions flip between the two. */
public enum PlanMode {
    /** A plan made for each execution's parameters. */
    CUSTOM,
    /** One plan for any parameters. */
    GENERIC;

    /** The name in project files and evidence. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of PostgreSQL's {@code plan_cache_mode} that forces it. */
    public String planCacheMode() {
        return "force_" + label() + "_plan";
    }
}
