package dev.pgattest.load;

import dev.pgattest.evidence.LoadEvidence;
import dev.pgattest.evidence.LoadEvidence.Bounded;
import dev.pgattest.evidence.LoadEvidence.QueryLoad;
import dev.pgattest.evidence.LoadEvidence.Run;
import dev.pgattest.evidence.LoadEvidence.Times;
import dev.pgattest.evidence.Verdict;
import dev.pgattest.workload.Priority;
import dev.pgattest.workload.Slo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run gave, beside the objectives of its queries, gives verdicts with reasons. */
public final class LoadJudge {

    private static final double NANOS_PER_MILLI = 1e6;

    private final double confidence;
    private final BigDecimal exactConfidence;

    /**
     * A judge.
     *
     * @param confidence one-sided, of each bound
     */
    public LoadJudge(BigDecimal confidence) {
        this.confidence = confidence.doubleValue();
        this.exactConfidence = confidence;
    }

    /**
     * A query that was part of a load.
     *
     * @param slo null without any
     */
    public record Offer(
            String query,
            Priority priority,
            boolean writes,
            @Nullable Slo slo,
            OfferedRate rate,
            int connections) {}

    /**
     * Judges a run.
     *
     * @param factor multiple of the declared rates
     * @param offers in the order of the samples' streams
     */
    public Run judge(String state, double factor, List<Offer> offers, LoadSamples samples) {
        List<String> troubles = DriverCheck.troubles(samples);
        List<QueryLoad> queries = new ArrayList<>();
        for (int i = 0; i < offers.size(); i++) {
            queries.add(query(offers.get(i), samples.streams().get(i), troubles.isEmpty()));
        }
        List<String> reasons = new ArrayList<>(troubles);
        Verdict verdict = verdict(queries, troubles, reasons);
        return new Run(
                state,
                factor,
                new LoadEvidence.Rates(
                        samples.offered(),
                        samples.achieved(),
                        samples.connections(),
                        times(samples.lag()),
                        troubles.isEmpty()),
                queries,
                verdict,
                reasons);
    }

    private static Verdict verdict(List<QueryLoad> queries, List<String> troubles, List<String> reasons) {
        List<QueryLoad> blocking = queries.stream()
                .filter(each -> each.subject().priority().equals(Priority.P0.name()))
                .filter(each -> each.verdict() != null)
                .toList();
        if (blocking.isEmpty()) {
            reasons.add("no query of the load has priority P0 and an SLO, so there is nothing that could pass");
        }
        Verdict verdict = blocking.stream()
                .map(each -> Objects.requireNonNull(each.verdict()))
                .reduce(Verdict::and)
                .orElse(Verdict.INCONCLUSIVE);
        blocking.stream()
                .filter(each -> each.verdict() != Verdict.PASS && troubles.isEmpty())
                .forEach(
                        each -> reasons.add(each.query() + ": " + each.reasons().get(0)));
        return troubles.isEmpty() ? verdict : Verdict.INCONCLUSIVE;
    }

    private QueryLoad query(Offer offer, StreamSamples samples, boolean keptUp) {
        Slo slo = offer.slo();
        List<String> reasons = new ArrayList<>();
        Verdict verdict = slo == null ? null : verdict(offer, slo, samples, reasons);
        if (verdict != null && !keptUp) {
            verdict = Verdict.INCONCLUSIVE;
            reasons.add(0, "the driver did not keep up, so the load was not what it says");
        }
        if (samples.latencies().failed() > 0) {
            reasons.add("warning: " + failures(samples));
        }
        return new QueryLoad(
                offer.query(),
                new LoadEvidence.Subject(
                        offer.priority().name(),
                        offer.writes(),
                        slo == null ? null : slo.toString(),
                        slo == null ? null : slo.limit().toNanos() / NANOS_PER_MILLI,
                        offer.rate().declaredPerSecond(),
                        offer.rate().perSecond(),
                        offer.connections()),
                latency(samples.latencies()),
                times(samples.waits()),
                times(samples.executions()),
                samples.errors(),
                samples.unfinished(),
                verdict,
                reasons);
    }

    private Verdict verdict(Offer offer, Slo slo, StreamSamples samples, List<String> reasons) {
        LatencyRounds latencies = samples.latencies();
        long limit = slo.limit().toNanos();
        PercentileBounds bounds = PercentileBounds.of(latencies, slo.quantile().doubleValue(), confidence);
        if (bounds.highNanos() <= limit) {
            return Verdict.PASS;
        }
        String seen = latencies.countAbove(limit) + " of " + latencies.count()
                + " executions took longer or failed; p95 of the wait for a connection "
                + ms(samples.waits().p95())
                + raised(offer);
        if (bounds.lowNanos() > limit) {
            reasons.add("misses its SLO " + slo + " under load: " + seen);
            return Verdict.FAIL;
        }
        int fewest = slo.fewestSamples(exactConfidence);
        reasons.add(
                latencies.count() < fewest
                        ? latencies.count() + " executions are too few for its SLO " + slo + ", which takes " + fewest
                                + ": let the load last longer, or raise the rate"
                        : "undecided against its SLO " + slo + " under load: " + seen + "; let the load last longer");
        return Verdict.INCONCLUSIVE;
    }

    private static String raised(Offer offer) {
        return offer.rate().isRaised()
                ? String.format(
                        Locale.ROOT,
                        "; it ran %.1f times as often as declared, so that it could be judged (--exact-rates)",
                        offer.rate().perSecond() / offer.rate().declaredPerSecond())
                : "";
    }

    private static String failures(StreamSamples samples) {
        String states = samples.errors().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        String never = samples.unfinished() > 0 ? samples.unfinished() + " were never begun" : "";
        return samples.latencies().failed() + " of " + samples.latencies().count() + " executions had no result: "
                + states + (states.isEmpty() || never.isEmpty() ? "" : ", ") + never;
    }

    private LoadEvidence.Latency latency(LatencyRounds latencies) {
        return new LoadEvidence.Latency(
                latencies.count(),
                bounded(latencies, 0.5),
                bounded(latencies, 0.95),
                bounded(latencies, 0.99),
                latencies.longest() == 0 ? null : millis(latencies.longest()));
    }

    private Bounded bounded(LatencyRounds latencies, double quantile) {
        PercentileBounds bounds = PercentileBounds.of(latencies, quantile, confidence);
        return new Bounded(
                orNull(latencies.percentile(quantile)),
                bounds.lowNanos() == 0 ? null : orNull(bounds.lowNanos()),
                orNull(bounds.highNanos()));
    }

    private static @Nullable Double orNull(long nanos) {
        return nanos == LatencyRounds.NEVER ? null : millis(nanos);
    }

    private static Times times(Percentiles times) {
        return new Times(millis(times.p50()), millis(times.p95()), millis(times.p99()), millis(times.max()));
    }

    private static double millis(long nanos) {
        return Math.rint(nanos / 1e3) / 1e3;
    }

    private static String ms(long nanos) {
        return String.format(Locale.ROOT, nanos < 10_000_000 ? "%.2f ms" : "%,.0f ms", nanos / NANOS_PER_MILLI);
    }
}
