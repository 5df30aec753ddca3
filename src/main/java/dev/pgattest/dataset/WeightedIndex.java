package dev.pgattest.dataset;

/**
 * Chooses an index by weight in constant time: Vose's alias method ("A Linear Algorithm For Generating Random Numbers With a Given
 * Distribution", 1991). Only additions, multiplications and divisions of doubles are used, which give the same result everywhere.
 */
final class WeightedIndex {

    /** 2^63: thresholds are 63-bit fractions. */
    private static final double ONE = 0x1p63;

    private final long[] thresholds;
    private final int[] aliases;

    WeightedIndex(double[] weights) {
        int size = weights.length;
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double[] scaled = new double[size];
        int[] waiting = new int[size];
        int small = 0;
        int large = size;
        for (int i = 0; i < size; i++) {
            scaled[i] = weights[i] * size / total;
            if (scaled[i] < 1) {
                waiting[small++] = i;
            } else {
                waiting[--large] = i;
            }
        }
        thresholds = new long[size];
        aliases = new int[size];
        while (small > 0 && large < size) {
            int less = waiting[--small];
            int more = waiting[large];
            thresholds[less] = (long) (scaled[less] * ONE);
            aliases[less] = more;
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1) {
                large++;
                waiting[small++] = more;
            }
        }
        while (large < size) {
            keep(waiting[large++]);
        }
        while (small > 0) {
            keep(waiting[--small]);
        }
    }

    /** The index, from 0, for a hash: its high bits choose a slot, its low bits between the slot and the slot's alias. */
    int pick(long hash) {
        long slots = thresholds.length;
        int slot = (int) Mix64.bounded(hash, slots);
        long fraction = (hash * slots) >>> 1;
        return fraction < thresholds[slot] ? slot : aliases[slot];
    }

    private void keep(int index) {
        thresholds[index] = Long.MAX_VALUE;
        aliases[index] = index;
    }
}
