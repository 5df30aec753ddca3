package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named size of a dataset.
 *
 * @param scale factor on the rows of all tables that are not fixed, unless another is asked for
 * @param rows rows at scale 1 of every table that has rows of its own
 * @param fixed tables whose rows are not multiplied by the scale
 * @param members table of which the first rows can be kept alone, each with all that belongs to it; null when there is none
 */
public record DatasetProfile(
        String name,
        long seed,
        BigDecimal scale,
        Map<String, Long> rows,
        List<String> fixed,
        @Nullable String members) {

    public DatasetProfile {
        rows = Map.copyOf(rows);
        fixed = List.copyOf(fixed);
    }
}
