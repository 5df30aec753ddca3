package dev.pgattest.growth;

import dev.pgattest.growth.LineFit.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * Predicts when a latency objective breaks. Latency is taken to follow the buffers, whose growth is known exactly:
 * {@code latency = a + b * buffers(n)}, fitted to the latencies that were measured under the last plan.
 */
public final class HeadroomFit {

    /** A prediction goes no further than this many times the largest size that was measured. */
    public static final double EXTRAPOLATION = 4;

    private static final int FEWEST_POINTS = 3;
    private static final int HALVINGS = 60;

    private HeadroomFit() {}

    /**
     * The headroom of one case.
     *
     * @param latencies all measured latencies by size, in ascending order, at least one; in the unit of {@code objective}
     * @param underLastPlan how many of the last points were measured under the plan of the largest size
     * @param buffers how buffers grow under that plan
     * @param objective the limit of the latency
     */
    public static Headroom of(List<Point> latencies, int underLastPlan, Fit buffers, double objective) {
        Point largest = latencies.get(latencies.size() - 1);
        int broken = firstBroken(latencies, objective);
        if (broken < latencies.size()) {
            Double before = broken == 0 ? null : latencies.get(broken - 1).size();
            return new Headroom(
                    Headroom.Kind.MEASURED, latencies.get(broken).size(), before, null, largest.size(), null, "");
        }
        if (underLastPlan < FEWEST_POINTS) {
            return Headroom.unknown(
                    largest.size(),
                    "the plan of the largest size was measured at " + underLastPlan
                            + (underLastPlan == 1 ? " size" : " sizes") + ", a prediction needs " + FEWEST_POINTS);
        }
        if (buffers.curve() == null) {
            return Headroom.unknown(largest.size(), "no model describes the buffers");
        }
        List<Point> last = latencies.subList(latencies.size() - underLastPlan, latencies.size());
        return predicted(last, buffers.curve(), objective);
    }

    /** From where on every size misses the objective: one that a larger size meets again missed it by chance. */
    private static int firstBroken(List<Point> latencies, double objective) {
        int first = latencies.size();
        while (first > 0 && latencies.get(first - 1).value() >= objective) {
            first--;
        }
        return first;
    }

    private static Headroom predicted(List<Point> latencies, Curve buffers, double objective) {
        List<Observation> observations = new ArrayList<>();
        latencies.forEach(point -> observations.add(new Observation(buffers.at(point.size()), point.value())));
        LineFit fitted = LineFit.of(observations);
        // Fewer milliseconds for more buffers are noise: then the mean is all that the latencies show.
        LineFit line = fitted.coefficient() < 0 ? LineFit.constant(observations) : fitted;
        double from = latencies.get(latencies.size() - 1).size();
        double limit = from * EXTRAPOLATION;
        Double breaks = first(from, limit, size -> line.at(buffers.at(size)) >= objective);
        Double possible = first(from, limit, size -> upper(line, buffers.at(size)) >= objective);
        Double certain = first(from, limit, size -> lower(line, buffers.at(size)) >= objective);
        if (breaks != null) {
            return new Headroom(Headroom.Kind.PREDICTED, breaks, possible, certain, limit, line.spread(), "");
        }
        Headroom.Kind kind = possible == null ? Headroom.Kind.NONE : Headroom.Kind.NOT_RULED_OUT;
        return new Headroom(kind, null, possible, null, limit, line.spread(), "");
    }

    private static double upper(LineFit line, double buffers) {
        return line.at(buffers) + line.halfWidth(buffers);
    }

    private static double lower(LineFit line, double buffers) {
        return line.at(buffers) - line.halfWidth(buffers);
    }

    /** The smallest size within the range from which on the condition holds; null when it does not hold at the limit. */
    private static @org.jspecify.annotations.Nullable Double first(double from, double limit, DoublePredicate holds) {
        if (!holds.test(limit)) {
            return null;
        }
        double low = from;
        double high = limit;
        if (holds.test(low)) {
            return low;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (holds.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
