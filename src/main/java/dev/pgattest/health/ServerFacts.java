package dev.pgattest.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server and the database that was looked at.
 *
 * @param address host and port
 * @param database name of the database
 * @param version such as {@code 18.6}
 * @param majorVersion such as 18
 * @param standby whether it replays what another server wrote
 * @param counters how its counters of use are kept
 * @param freezing the settings that say when rows are frozen
 * @param standbys the servers that stream from this one, as they call themselves; empty too when the role may not see them
 */
public record ServerFacts(
        String address,
        String database,
        String version,
        int majorVersion,
        boolean standby,
        Counters counters,
        Freezing freezing,
        List<String> standbys) {

    public ServerFacts {
        standbys = List.copyOf(standbys);
    }

    /**
     * How the counters of use are kept.
     *
     * @param now the server's clock when they were read
     * @param started when the server started
     * @param reset when those of the database were last set to zero; null when the server knows of no such time
     * @param kept since when the server has counters at all: a crash empties them; null when it does not know
     * @param enabled whether {@code track_counts} is on
     */
    public record Counters(
            Instant now,
            Instant started,
            @Nullable Instant reset,
            @Nullable Instant kept,
            boolean enabled) {

        /** Since when they count; the start of the server when nothing better is known. */
        public Instant since() {
            if (reset == null) {
                return kept == null ? started : kept;
            }
            return kept == null || reset.isAfter(kept) ? reset : kept;
        }

        /** For how long they have counted. */
        public Duration age() {
            Duration age = Duration.between(since(), now);
            return age.isNegative() ? Duration.ZERO : age;
        }
    }

    /**
     * When rows are frozen.
     *
     * @param transactions {@code autovacuum_freeze_max_age}
     * @param multixacts {@code autovacuum_multixact_freeze_max_age}
     */
    public record Freezing(long transactions, long multixacts) {}
}
