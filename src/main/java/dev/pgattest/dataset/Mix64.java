package dev.pgattest.dataset;

import java.nio.charset.StandardCharsets;

/**
 * Counter-based pseudo-random numbers: the finalizer of SplitMix64 used as a hash of (seed, row), so that any row is reached in
 * constant time. Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014), with the constants of
 * Stafford's variant 13.
 */
public final class Mix64 {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private Mix64() {}

    /** A bijection of the 64-bit integers whose output bits each depend on all input bits. */
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** The number of {@code row} in the stream of {@code seed}; for one seed, different rows give different numbers. */
    public static long at(long seed, long row) {
        return mix(seed + (row + 1) * GOLDEN_GAMMA);
    }

    /** A seed of its own for {@code name} below {@code seed}: a table, a column, a purpose. */
    public static long derive(long seed, String name) {
        long hash = FNV_OFFSET;
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xFF)) * FNV_PRIME;
        }
        return mix(mix(seed + GOLDEN_GAMMA) ^ hash);
    }

    /**
     * Maps a hash to {@code 0 .. bound-1} evenly, by a multiplication and not a remainder.
     *
     * @param bound from 1 to 2^62
     */
    public static long bounded(long hash, long bound) {
        return Math.multiplyHigh(hash >>> 1, bound << 1);
    }
}
