package dev.pgattest.evidence;

/** What the evidence says of a case, a state or a project; later values outweigh earlier ones. */
public enum Verdict {
    PASS,
    INCONCLUSIVE,
    FAIL;

    /** The graver of two verdicts. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
