package dev.pgattest.dataset;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much of a profile to make.
 *
 * @param scale factor on the rows of the tables that are not fixed, more than 0
 * @param members how many rows of the profile's members table to keep, each with all that belongs to it; null for all
 */
public record DatasetSize(BigDecimal scale, @Nullable Long members) {

    /** All members at the given scale. */
    public static DatasetSize ofScale(String scale) {
        return new DatasetSize(new BigDecimal(scale), null);
    }
}
