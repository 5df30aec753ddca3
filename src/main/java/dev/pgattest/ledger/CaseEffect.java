package dev.pgattest.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What leaving an index out changes for one case in one plan mode. A case that is not listed changes by nothing.
 *
 * @param query name of the query or job
 * @param caseName name of the case
 * @param mode plan mode
 * @param outcome how the case fared without the index
 * @param buffersWith shared buffers touched with it
 * @param buffersWithout shared buffers touched without it; null unless measured
 * @param rowsWritten rows of the index's table that one execution writes
 * @param with latencies with it, taken before and after those without
 * @param without latencies without it
 * @param notes how the plan differs, or what the server said
 */
public record CaseEffect(
        String query,
        String caseName,
        String mode,
        Outcome outcome,
        long buffersWith,
        @Nullable Long buffersWithout,
        long rowsWritten,
        Latencies with,
        Latencies without,
        List<String> notes) {

    /** How a case fared without an index. */
    public enum Outcome {
        /** It ran. */
        MEASURED,
        /** It was cancelled at the time limit. */
        BEYOND_LIMIT,
        /** The server refused it: {@code ON CONFLICT} needs a unique index, say. */
        REFUSED,
        /** It reads the index, which cannot be left out. */
        USED
    }

    public CaseEffect {
        notes = List.copyOf(notes);
    }

    /** Buffers that the index saves; negative when the case touches more with it, 0 unless measured. */
    public long saved() {
        return buffersWithout == null ? 0 : buffersWithout - buffersWith;
    }

    /** The part of the buffers that the index saves: at most 1, 0 unless measured. */
    public double share() {
        return buffersWithout == null || buffersWithout == 0 ? 0 : (double) saved() / buffersWithout;
    }

    /** Buffers that the case touches more because of the index; 0 when it touches fewer. */
    public long lost() {
        return Math.max(0, -saved());
    }

    /** Whether the case is lost without the index: beyond the limit, or refused. */
    public boolean isLost() {
        return outcome == Outcome.BEYOND_LIMIT || outcome == Outcome.REFUSED;
    }
}
