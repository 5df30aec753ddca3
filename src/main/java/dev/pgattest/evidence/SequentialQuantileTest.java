package dev.pgattest.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * An exact group-sequential test of "the q-quantile of the latency is within a limit", from counts alone: of n samples, how many
 * exceeded the limit.
 *
 * <p>If the q-quantile sits exactly at the limit, exceedances are binomial with probability {@code 1 - q}, whatever the
 * distribution of latencies. At fixed sample counts ("looks") the test may pass when few enough samples exceed, or be refuted when too
 * many do. Each side's error is spent over its looks and the boundaries follow by exact recursion over the paths that
 * are still undecided, so that looking repeatedly does not inflate the error: the probability of ever passing a quantile
 * above the limit is at most {@code 1 - confidence}, and so is that of ever refuting one within it. Inverting the
 * boundaries gives repeated confidence bounds that are order statistics.
 *
 * <p>Sources: Jennison and Turnbull, "Group Sequential Methods with Applications to Clinical Trials" (2000), chapters 7
 * (error spending), 9 (repeated confidence intervals) and 12 (exact binomial boundaries); Hahn and Meeker, "Statistical
 * Intervals" (1991), chapter 5 (order statistics as bounds of a quantile).
 */
public final class SequentialQuantileTest {

    /** Sample counts of the early looks, which can only refute. */
    private static final int[] EARLY_LOOKS = {2, 5, 10, 20, 40};

    private static final double ROUNDING = 1e-12;

    private final double quantile;
    private final double confidence;
    private final List<Look> looks;

    private SequentialQuantileTest(double quantile, double confidence, List<Look> looks) {
        this.quantile = quantile;
        this.confidence = confidence;
        this.looks = List.copyOf(looks);
    }

    /**
     * One planned look at the data.
     *
     * @param samples number of samples at this look
     * @param passAtMost most exceedances with which the quantile passes; -1 when no count passes
     * @param refuteAtLeast fewest exceedances that refute it; {@code samples + 1} when no count refutes
     */
    public record Look(int samples, int passAtMost, int refuteAtLeast) {}

    /** What a look decides. */
    public enum Decision {
        WITHIN,
        ABOVE,
        UNDECIDED
    }

    /**
     * Plans the looks and their boundaries.
     *
     * @param quantile the quantile in question, between 0 and 1 (0.95 for a p95)
     * @param confidence one-sided confidence of each verdict, between 0.5 and 1
     * @param maximumSamples number of samples after which the test ends undecided
     * @throws IllegalArgumentException when no sample count up to the maximum could pass, see {@link #fewestSamples}
     */
    public static SequentialQuantileTest of(double quantile, double confidence, int maximumSamples) {
        int fewest = fewestSamples(quantile, confidence);
        if (maximumSamples < fewest) {
            throw new IllegalArgumentException(
                    "at least " + fewest + " samples are needed, the maximum is " + maximumSamples);
        }
        double error = 1 - confidence;
        List<Integer> passLooks = passLooks(quantile, error, maximumSamples);
        List<Integer> all = new ArrayList<>();
        for (int early : EARLY_LOOKS) {
            if (early < passLooks.get(0)) {
                all.add(early);
            }
        }
        all.addAll(passLooks);
        double exceedance = 1 - quantile;
        int[] pass = passBoundaries(exceedance, error, passLooks);
        int[] refute = refuteBoundaries(exceedance, error, all);
        List<Look> looks = new ArrayList<>();
        int early = all.size() - passLooks.size();
        for (int i = 0; i < all.size(); i++) {
            looks.add(new Look(all.get(i), i < early ? -1 : pass[i - early], refute[i]));
        }
        return new SequentialQuantileTest(quantile, confidence, looks);
    }

    /**
     * The fewest samples with which a single look can pass a quantile: the smallest n with {@code quantile^n <= 1 -
     * confidence}; 59 for a p95 and 299 for a p99 at 95 %.
     */
    public static int fewestSamples(double quantile, double confidence) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("a quantile lies between 0 and 1: " + quantile);
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence lies between 0.5 and 1: " + confidence);
        }
        return fewestSamplesWithin(quantile, 1 - confidence);
    }

    private static int fewestSamplesWithin(double quantile, double error) {
        int samples = 0;
        for (double chance = 1; chance > error + ROUNDING; chance *= quantile) {
            samples++;
        }
        return samples;
    }

    /** The planned looks, in order. */
    public List<Look> looks() {
        return looks;
    }

    /** The number of samples after which the test ends, decided or not. */
    public int maximumSamples() {
        return looks.get(looks.size() - 1).samples();
    }

    /** The quantile that is tested, between 0 and 1. */
    public double quantile() {
        return quantile;
    }

    /** The one-sided confidence of each verdict. */
    public double confidence() {
        return confidence;
    }

    /**
     * What is decided with {@code samples} samples of which {@code exceedances} exceeded the limit. Between planned looks nothing
     * is decided.
     */
    public Decision decide(int samples, int exceedances) {
        for (Look look : looks) {
            if (look.samples() == samples) {
                if (exceedances <= look.passAtMost()) {
                    return Decision.WITHIN;
                }
                return exceedances >= look.refuteAtLeast() ? Decision.ABOVE : Decision.UNDECIDED;
            }
        }
        return Decision.UNDECIDED;
    }

    /** The 1-based rank of the order statistic that bounds the quantile from above; empty before a look that can pass. */
    public OptionalInt upperRank(int samples) {
        Look look = lastLookWithin(samples);
        return look == null || look.passAtMost() < 0
                ? OptionalInt.empty()
                : OptionalInt.of(look.samples() - look.passAtMost());
    }

    /** The 1-based rank of the order statistic that bounds the quantile from below; empty before a look that can refute. */
    public OptionalInt lowerRank(int samples) {
        Look look = lastLookWithin(samples);
        return look == null || look.refuteAtLeast() > look.samples()
                ? OptionalInt.empty()
                : OptionalInt.of(look.samples() - look.refuteAtLeast() + 1);
    }

    /** The number of samples of the last look that {@code samples} samples reach; 0 before the first look. */
    public int samplesAtLastLook(int samples) {
        Look look = lastLookWithin(samples);
        return look == null ? 0 : look.samples();
    }

    private @org.jspecify.annotations.Nullable Look lastLookWithin(int samples) {
        Look last = null;
        for (Look look : looks) {
            if (look.samples() <= samples) {
                last = look;
            }
        }
        return last;
    }

    /** Looks that can pass: the fewest samples for half of the error, then doubling, the last at the maximum. */
    private static List<Integer> passLooks(double quantile, double error, int maximum) {
        List<Integer> looks = new ArrayList<>();
        for (long samples = fewestSamplesWithin(quantile, error / 2); samples < maximum; samples *= 2) {
            looks.add((int) samples);
        }
        looks.add(maximum);
        return looks;
    }

    /** Error spent on passing wrongly: a half, three quarters, ... of it, all of it at the last look. */
    private static int[] passBoundaries(double exceedance, double error, List<Integer> looks) {
        int[] boundaries = new int[looks.size()];
        Paths paths = new Paths(exceedance, looks.get(looks.size() - 1));
        double spent = 0;
        double share = 0.5;
        for (int i = 0; i < boundaries.length; i++) {
            double budget = i == boundaries.length - 1 ? error : error * (1 - share);
            share /= 2;
            paths.advanceTo(looks.get(i));
            int boundary = -1;
            while (boundary + 1 <= paths.samples && spent + paths.undecided[boundary + 1] <= budget + ROUNDING) {
                boundary++;
                spent += paths.undecided[boundary];
                paths.undecided[boundary] = 0;
            }
            boundaries[i] = boundary;
        }
        return boundaries;
    }

    /** Error spent on refuting wrongly: the same amount at each look. */
    private static int[] refuteBoundaries(double exceedance, double error, List<Integer> looks) {
        int[] boundaries = new int[looks.size()];
        Paths paths = new Paths(exceedance, looks.get(looks.size() - 1));
        double spent = 0;
        for (int i = 0; i < boundaries.length; i++) {
            double budget = error * (i + 1) / boundaries.length;
            paths.advanceTo(looks.get(i));
            int boundary = paths.samples + 1;
            while (boundary >= 1 && spent + paths.undecided[boundary - 1] <= budget + ROUNDING) {
                boundary--;
                spent += paths.undecided[boundary];
                paths.undecided[boundary] = 0;
            }
            boundaries[i] = boundary;
        }
        return boundaries;
    }

    /** Probabilities of the exceedance counts of the paths that no look has decided yet. */
    private static final class Paths {

        private final double exceedance;
        private final double[] undecided;
        private int samples;

        Paths(double exceedance, int maximum) {
            this.exceedance = exceedance;
            this.undecided = new double[maximum + 2];
            this.undecided[0] = 1;
        }

        void advanceTo(int target) {
            while (samples < target) {
                samples++;
                for (int count = samples; count > 0; count--) {
                    undecided[count] = undecided[count] * (1 - exceedance) + undecided[count - 1] * exceedance;
                }
                undecided[0] *= 1 - exceedance;
            }
        }
    }
}
