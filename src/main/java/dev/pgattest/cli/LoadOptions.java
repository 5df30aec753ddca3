package dev.pgattest.cli;

import dev.pgattest.PgattestException;
import dev.pgattest.load.RateFactors;
import dev.pgattest.pipeline.LoadChoice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command measures under load. */
final class LoadOptions {

    @Option(
            names = "--load",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Also run the whole workload against each state for so long, at the declared frequencies, and judge"
                            + " the gate by that too: 60s.")
    private @Nullable Duration load;

    @Option(
            names = "--rate-factor",
            paramLabel = "FACTORS",
            description = "With --load: multiples of the declared frequencies, the smallest first, such as 1,2,4; the"
                    + " next is tried as long as all objectives hold. `search` doubles from 1 until one breaks and then"
                    + " looks closer. The first decides (default: 1).")
    private @Nullable String factors;

    @Option(
            names = "--exact-rates",
            description = "With --load: do not run rare queries more often than declared, even if their objectives then"
                    + " cannot be judged.")
    private boolean exactRates;

    @Option(
            names = "--connections",
            paramLabel = "NUMBER",
            description =
                    "With --load: connections that all queries have together. When they declare a higher concurrency,"
                            + " those that declare the most are cut down (default: 90).")
    private @Nullable Integer connections;

    /** Null when no load is asked for. */
    @Nullable
    LoadChoice choice() {
        if (load == null) {
            if (factors != null || exactRates || connections != null) {
                String option = factors != null ? "--rate-factor" : exactRates ? "--exact-rates" : "--connections";
                throw PgattestException.badInput(option + " needs --load", "say for how long, for example --load 60s");
            }
            return null;
        }
        return new LoadChoice(
                load,
                factors == null
                        ? RateFactors.DECLARED
                        : RateFactors.parse(factors).orThrow(),
                exactRates ? LoadChoice.Rare.AS_DECLARED : LoadChoice.Rare.RAISED,
                connections == null ? LoadChoice.MOST_CONNECTIONS : connections);
    }
}
