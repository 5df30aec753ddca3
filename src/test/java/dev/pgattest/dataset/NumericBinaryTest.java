package dev.pgattest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class NumericBinaryTest {

    @Test
    void shares_of_every_scale_have_the_digits_of_their_decimal() {
        for (int scale = 0; scale <= 9; scale++) {
            long unit = NumericBinary.powerOfTen(scale);
            for (long value = 0; value <= 2 * unit; value += Math.max(1, unit / 997)) {
                assertThat(decoded(value, scale)).isEqualByComparingTo(BigDecimal.valueOf(value, scale));
                assertThat(decoded(-value, scale)).isEqualByComparingTo(BigDecimal.valueOf(-value, scale));
            }
        }
    }

    @Test
    void no_zero_group_stands_at_either_end() {
        for (long value : new long[] {1, 9_999, 10_000, 10_001, 99_990_000, 100_000_000, 100_000_001}) {
            ByteBuffer field = field(value, 8);
            int digits = field.getShort(4);
            assertThat(field.getShort(12)).as("first group of %d", value).isNotZero();
            assertThat(field.getShort(10 + 2 * digits))
                    .as("last group of %d", value)
                    .isNotZero();
        }
    }

    /** What the groups, the weight and the sign mean, by the format's definition. */
    private static BigDecimal decoded(long value, int scale) {
        ByteBuffer field = field(value, scale);
        assertThat(field.getInt()).isEqualTo(field.remaining());
        int digits = field.getShort();
        int weight = field.getShort();
        boolean negative = field.getShort() == 0x4000;
        assertThat(field.getShort()).isEqualTo((short) scale);
        BigInteger groups = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            groups = groups.multiply(BigInteger.valueOf(10_000)).add(BigInteger.valueOf(field.getShort()));
        }
        BigDecimal magnitude = new BigDecimal(groups).scaleByPowerOfTen(4 * (weight + 1 - digits));
        return negative ? magnitude.negate() : magnitude;
    }

    private static ByteBuffer field(long value, int scale) {
        TupleBuffer out = new TupleBuffer(64);
        new NumericBinary(scale).write(value, out);
        return ByteBuffer.wrap(out.toByteArray());
    }
}
