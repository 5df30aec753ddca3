package dev.pgattest.plan;

import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Blocks (8 kB pages, unless the server was built otherwise) that a node or a phase touched, in total over loops and processes,
 * its children included.
 *
 * @param shared blocks of tables and indexes
 * @param local blocks of temporary tables
 * @param tempRead blocks of temporary files that were read
 * @param tempWritten blocks of temporary files that were written
 */
public record Buffers(Blocks shared, Blocks local, long tempRead, long tempWritten) {

    /** No blocks at all. */
    public static final Buffers NONE = new Buffers(Blocks.NONE, Blocks.NONE, 0, 0);

    /** Blocks of one kind: found in the cache, read into it, changed, written out. */
    public record Blocks(long hit, long read, long dirtied, long written) {

        /** No blocks at all. */
        public static final Blocks NONE = new Blocks(0, 0, 0, 0);

        /** Hit and read together: exact and repeatable on a warm, quiet, vacuumed database, unlike their split. */
        public long touched() {
            return hit + read;
        }

        private Blocks combine(Blocks other, LongBinaryOperator operator) {
            return new Blocks(
                    operator.applyAsLong(hit, other.hit),
                    operator.applyAsLong(read, other.read),
                    operator.applyAsLong(dirtied, other.dirtied),
                    operator.applyAsLong(written, other.written));
        }
    }

    /** The sum of both. */
    public Buffers plus(Buffers other) {
        return combine(other, Long::sum);
    }

    Buffers minus(Buffers other) {
        return combine(other, (left, right) -> left - right);
    }

    /** The smaller of both, figure by figure. */
    Buffers atMost(Buffers other) {
        return combine(other, Math::min);
    }

    private Buffers combine(Buffers other, LongBinaryOperator operator) {
        return new Buffers(
                shared.combine(other.shared, operator),
                local.combine(other.local, operator),
                operator.applyAsLong(tempRead, other.tempRead),
                operator.applyAsLong(tempWritten, other.tempWritten));
    }

    /** The figures among {@code facts}; absent ones are 0. */
    static Buffers of(Map<String, Object> facts) {
        ToDoubleFunction<PlanKey> value =
                key -> Facts.number(facts, key.keyName()).orElse(0);
        return new Buffers(
                new Blocks(
                        (long) value.applyAsDouble(PlanKey.SHARED_HIT_BLOCKS),
                        (long) value.applyAsDouble(PlanKey.SHARED_READ_BLOCKS),
                        (long) value.applyAsDouble(PlanKey.SHARED_DIRTIED_BLOCKS),
                        (long) value.applyAsDouble(PlanKey.SHARED_WRITTEN_BLOCKS)),
                new Blocks(
                        (long) value.applyAsDouble(PlanKey.LOCAL_HIT_BLOCKS),
                        (long) value.applyAsDouble(PlanKey.LOCAL_READ_BLOCKS),
                        (long) value.applyAsDouble(PlanKey.LOCAL_DIRTIED_BLOCKS),
                        (long) value.applyAsDouble(PlanKey.LOCAL_WRITTEN_BLOCKS)),
                (long) value.applyAsDouble(PlanKey.TEMP_READ_BLOCKS),
                (long) value.applyAsDouble(PlanKey.TEMP_WRITTEN_BLOCKS));
    }
}
