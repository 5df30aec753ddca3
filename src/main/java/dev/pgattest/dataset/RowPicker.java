package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses a row of a referenced table by the shares of its groups of rows. */
final class RowPicker {

    /** The most rows of a group whose rows differ in weight: they need 12 bytes each. */
    static final long MOST_WEIGHTED_MEMBERS = 1 << 22;

    private final List<Group> groups;
    private final @Nullable WeightedIndex byShare;

    /** The rows from {@code first} on; {@code byWeight} is null when each is as likely. */
    private record Group(
            long first, long size, double share, @Nullable WeightedIndex byWeight) {

        long pick(long hash) {
            return first + (byWeight == null ? Mix64.bounded(hash, size) : byWeight.pick(hash));
        }
    }

    private RowPicker(List<Group> groups) {
        this.groups = groups;
        this.byShare = groups.size() == 1
                ? null
                : new WeightedIndex(groups.stream().mapToDouble(Group::share).toArray());
    }

    /**
     * A picker of the first {@code kept} of {@code rows} rows, whose shares are those of the whole table relative to each other.
     */
    static RowPicker of(List<ShareGroup> shares, long rows, long kept) {
        List<Group> groups = new ArrayList<>();
        for (Span span : spans(shares, rows)) {
            long size = Math.min(span.size, kept - span.first);
            if (size > 0 && span.share > 0) {
                double share = span.share * span.keptPart(size);
                groups.add(new Group(span.first, size, share, span.weights(size)));
            }
        }
        return new RowPicker(List.copyOf(groups));
    }

    /** Which part of all choices falls on the first {@code kept} of {@code rows} rows: from 0 to 1. */
    static double keptShare(List<ShareGroup> shares, long rows, long kept) {
        double all = 0;
        double part = 0;
        for (Span span : spans(shares, rows)) {
            all += span.share;
            long size = Math.min(span.size, kept - span.first);
            part += size > 0 ? span.share * span.keptPart(size) : 0;
        }
        return part / all;
    }

    /** The row, from 0, for a hash. */
    long pick(long hash) {
        if (byShare == null) {
            return groups.get(0).pick(hash);
        }
        return groups.get(byShare.pick(hash)).pick(Mix64.mix(hash));
    }

    /** A group as declared, at its place in the whole table. */
    private record Span(long first, long size, double share, ShareGroup.Decline decline) {

        double keptPart(long kept) {
            return kept == size ? 1 : sum(kept) / sum(size);
        }

        private double sum(long count) {
            if (decline.shape() == ShareGroup.Shape.NONE) {
                return count;
            }
            double sum = 0;
            for (long i = 0; i < count; i++) {
                sum += decline.weight(i, size);
            }
            return sum;
        }

        @Nullable
        WeightedIndex weights(long kept) {
            if (decline.shape() == ShareGroup.Shape.NONE) {
                return null;
            }
            double[] weights = new double[(int) kept];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = decline.weight(i, size);
            }
            return new WeightedIndex(weights);
        }
    }

    /** The declared groups one after the other; rows that are in none share what is left evenly. */
    private static List<Span> spans(List<ShareGroup> shares, long rows) {
        List<Span> spans = new ArrayList<>();
        long first = 0;
        BigDecimal left = BigDecimal.ONE;
        for (ShareGroup group : shares) {
            long size = Math.min(group.members().of(rows), rows - first);
            if (size > 0) {
                spans.add(new Span(first, size, group.share().doubleValue(), group.decline()));
            }
            first += size;
            left = left.subtract(group.share());
        }
        if (first < rows && (left.signum() > 0 || spans.isEmpty())) {
            spans.add(new Span(first, rows - first, Math.max(left.doubleValue(), 0x1p-52), ShareGroup.Decline.NONE));
        }
        return spans;
    }
}
