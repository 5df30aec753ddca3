package dev.pgattest.dataset;

import java.util.List;

/** How many rows a table has and, where rows have parents, which parent each has: arithmetic in both directions, nothing stored. */
sealed interface RowOrigin {

    /** How many rows there are. */
    long rows();

    /** Sets the parent of the cursor's row. */
    void locateParent(RowCursor cursor);

    /** Rows that have no parent. */
    record Own(long rows) implements RowOrigin {
        @Override
        public void locateParent(RowCursor cursor) {
            throw new IllegalStateException("the row has no parent");
        }
    }

    /** One row for one of every few neighbouring parents, at a hashed place among them. */
    record Sampled(long seed, long parentRows, long every, long rows) implements RowOrigin {

        static Sampled of(long seed, long parentRows, long every) {
            long rounded = (parentRows + every / 2) / every;
            return new Sampled(seed, parentRows, every, parentRows == 0 ? 0 : Math.max(1, rounded));
        }

        @Override
        public void locateParent(RowCursor cursor) {
            long first = cursor.row() * every;
            long choices = Math.min(every, parentRows - first);
            cursor.setParent(first + Mix64.bounded(Mix64.at(seed, cursor.row()), choices), 0, 1);
        }
    }

    /** Several rows for each parent: every block of parents shares the counts in a hashed order, so that the average is exact. */
    final class Each implements RowOrigin {
        private final long seed;
        private final int[] counts;
        private final int rowsPerBlock;
        private final long rows;

        Each(long seed, long parentRows, List<Integer> counts) {
            this.seed = seed;
            this.counts = counts.stream().mapToInt(Integer::intValue).toArray();
            this.rowsPerBlock = counts.stream().mapToInt(Integer::intValue).sum();
            this.rows = firstChild(parentRows);
        }

        @Override
        public long rows() {
            return rows;
        }

        @Override
        public void locateParent(RowCursor cursor) {
            long offset = cursor.row() - cursor.block() * rowsPerBlock;
            boolean sameBlock = cursor.block() >= 0 && offset >= 0 && offset < rowsPerBlock;
            long block = sameBlock ? cursor.block() : cursor.row() / rowsPerBlock;
            int[] starts = cursor.blockStarts();
            if (cursor.block() != block) {
                starts = starts.length == 0 ? new int[counts.length + 1] : starts;
                fillStarts(block, starts);
                cursor.setBlock(block, starts);
            }
            int within = (int) (cursor.row() - block * rowsPerBlock);
            int member = memberHolding(within, starts, sameBlock ? cursor.member() : 0);
            cursor.setMember(member);
            cursor.setParent(
                    block * counts.length + member, within - starts[member], starts[member + 1] - starts[member]);
        }

        /** The first child of a parent; the first child of the parent after it when this one has none. */
        long firstChild(long parentRow) {
            int[] starts = new int[counts.length + 1];
            long block = parentRow / counts.length;
            fillStarts(block, starts);
            return block * rowsPerBlock + starts[(int) (parentRow - block * counts.length)];
        }

        /** Rows are mostly asked for in order, so the search begins where the last one ended. */
        private static int memberHolding(int within, int[] starts, int hint) {
            int member = starts[hint] <= within ? hint : 0;
            while (starts[member + 1] <= within) {
                member++;
            }
            return member;
        }

        /** Shuffles the counts of a block (Fisher and Yates) and sums them up. */
        private void fillStarts(long block, int[] starts) {
            System.arraycopy(counts, 0, starts, 1, counts.length);
            long hash = Mix64.at(seed, block);
            for (int i = counts.length; i > 1; i--) {
                hash = Mix64.mix(hash + i);
                int other = 1 + (int) Mix64.bounded(hash, i);
                int count = starts[other];
                starts[other] = starts[i];
                starts[i] = count;
            }
            for (int i = 1; i <= counts.length; i++) {
                starts[i] += starts[i - 1];
            }
        }
    }
}
