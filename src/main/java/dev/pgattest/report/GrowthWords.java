package dev.pgattest.report;

import dev.pgattest.evidence.GrowthEvidence;
import dev.pgattest.evidence.GrowthEvidence.CaseGrowth;
import dev.pgattest.evidence.GrowthEvidence.Regime;
import dev.pgattest.growth.Curve;
import dev.pgattest.growth.Fit;
import dev.pgattest.growth.GrowthFactors;
import dev.pgattest.growth.Headroom;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a case grows, in words. */
final class GrowthWords {

    private static final double LARGEST_ROUNDED = 10;

    private final GrowthEvidence growth;

    GrowthWords(GrowthEvidence growth) {
        this.growth = growth;
    }

    /** The sizes with their scales and rows. */
    String sizes() {
        return growth.sizes().stream()
                .map(size -> GrowthFactors.text(size.factor()) + " is scale "
                        + size.scale().stripTrailingZeros().toPlainString() + ", " + Numbers.count(size.rows())
                        + " rows")
                .collect(Collectors.joining("; "));
    }

    /** The buffers of the first and the last size: {@code 12 → 96}. */
    String buffers(CaseGrowth each) {
        return Numbers.count(each.points().get(0).buffers()) + " → "
                + Numbers.count(each.points().get(each.points().size() - 1).buffers());
    }

    /** The 95th percentile at the first and the last size. */
    String p95(CaseGrowth each) {
        return Numbers.ms(each.points().get(0).p95Ms()) + " → "
                + Numbers.ms(each.points().get(each.points().size() - 1).p95Ms());
    }

    /** A model with its deviation: {@code linear ±0.3 %}. */
    String model(Fit fit) {
        String name = name(fit);
        Double deviation = fit.deviation();
        if (deviation == null || fit.curve() == null) {
            return name;
        }
        return name + " ±" + share(deviation);
    }

    private String name(Fit fit) {
        Curve curve = fit.curve();
        if (curve == null) {
            return fit.points() < 2 ? "one size" : "no model";
        }
        return switch (fit.model()) {
            case POWER ->
                String.format(Locale.ROOT, "n^%.2f", curve.exponent()) + (fit.points() == 2 ? ", 2 sizes" : "");
            case LOGARITHMIC -> "log n";
            case LINEAR -> "linear";
            case QUADRATIC -> "quadratic";
            case CONSTANT -> "constant";
            case NONE -> "no model";
        };
    }

    /** Headroom in a cell of a table. */
    String headroom(Headroom headroom) {
        Double breaks = headroom.breaksAt();
        return switch (headroom.kind()) {
            case MEASURED -> (headroom.earliest() == null ? "broken at " : "breaks by ") + times(breaks);
            case PREDICTED -> "breaks at " + times(breaks);
            case NOT_RULED_OUT -> "safe to " + times(headroom.earliest());
            case NONE -> "none to " + times(headroom.limit());
            case UNKNOWN -> "none seen to " + times(headroom.limit());
        };
    }

    /** Headroom as a sentence, with rows and uncertainty. */
    String sentence(CaseGrowth each) {
        Headroom headroom = each.headroom();
        String slo = each.subject().slo();
        return switch (headroom.kind()) {
            case MEASURED ->
                headroom.earliest() == null
                        ? slo + " is broken at the smallest size already"
                        : slo + " breaks between " + at(headroom.earliest()) + " and " + at(headroom.breaksAt())
                                + ", measured";
            case PREDICTED ->
                slo + " breaks at about " + at(headroom.breaksAt()) + " (95 %: " + times(headroom.earliest()) + " to "
                        + (headroom.latest() == null ? "beyond " + times(headroom.limit()) : times(headroom.latest()))
                        + ")"
                        + residual(headroom);
            case NOT_RULED_OUT ->
                slo + " is not predicted to break up to " + at(headroom.limit()) + ", but from "
                        + times(headroom.earliest()) + " on a break is not ruled out" + residual(headroom);
            case NONE -> "no break of " + slo + " up to " + at(headroom.limit()) + residual(headroom);
            case UNKNOWN ->
                "no break of " + slo + " seen up to " + at(headroom.limit()) + "; beyond nothing can be told: "
                        + headroom.reason();
        };
    }

    /** Where the plan changes and what. */
    List<String> changes(CaseGrowth each) {
        return each.changes().stream()
                .map(change -> "the plan changes between " + at(change.before().doubleValue()) + " and "
                        + at(change.at().doubleValue()) + ": " + String.join("; ", change.differences()))
                .toList();
    }

    /** Each range of sizes under one plan with its model. */
    List<String> regimes(CaseGrowth each) {
        return each.regimes().stream().map(this::regime).toList();
    }

    private String regime(Regime regime) {
        String range = regime.fit().points() == 1
                ? GrowthFactors.text(regime.from())
                : GrowthFactors.text(regime.from()) + " to " + GrowthFactors.text(regime.to());
        return range + ": " + model(regime.fit());
    }

    private static String residual(Headroom headroom) {
        return headroom.spread() == null ? "" : "; latencies scatter by " + share(headroom.spread()) + " about the fit";
    }

    private String at(@Nullable Double factor) {
        if (factor == null) {
            return "?";
        }
        return times(factor) + " (" + Numbers.count(rows(factor)) + " rows)";
    }

    /** Rows at a factor, as the line through the smallest and the largest size has them: tables that are fixed don't grow. */
    private long rows(double factor) {
        GrowthEvidence.Size first = growth.sizes().get(0);
        GrowthEvidence.Size last = growth.sizes().get(growth.sizes().size() - 1);
        for (GrowthEvidence.Size size : growth.sizes()) {
            if (size.factor().compareTo(BigDecimal.valueOf(factor)) == 0) {
                return size.rows();
            }
        }
        double perFactor = (last.rows() - first.rows())
                / (last.factor().doubleValue() - first.factor().doubleValue());
        return Math.round(last.rows() + (factor - last.factor().doubleValue()) * perFactor);
    }

    private static String times(@Nullable Double factor) {
        if (factor == null) {
            return "?";
        }
        if (factor == StrictMath.rint(factor)) {
            return Numbers.count(factor.longValue()) + "x";
        }
        return String.format(Locale.ROOT, factor < LARGEST_ROUNDED ? "%.1fx" : "%,.0fx", factor);
    }

    private static String share(double share) {
        double percent = share * 100;
        if (percent > 0 && percent < 0.1) {
            return "<0.1 %";
        }
        String format = percent == 0 || percent >= LARGEST_ROUNDED ? "%.0f %%" : "%.1f %%";
        return String.format(Locale.ROOT, format, percent);
    }
}
