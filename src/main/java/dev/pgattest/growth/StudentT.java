package dev.pgattest.growth;

/** Quantiles of Student's t distribution: any table of statistics, such as the NIST handbook's section 1.3.6.7.2. */
final class StudentT {

    private static final double[] TWO_SIDED_95 = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131
    };

    private StudentT() {}

    /** How many standard deviations hold 95 % on both sides; beyond the table the value of its last row, which is wider. */
    static double twoSided95(int freedom) {
        if (freedom < 1) {
            throw new IllegalArgumentException("no degree of freedom: " + freedom);
        }
        return TWO_SIDED_95[Math.min(freedom, TWO_SIDED_95.length) - 1];
    }
}
