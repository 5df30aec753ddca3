package dev.pgattest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TupleBufferTest {

    private final TupleBuffer buffer = new TupleBuffer(16);

    @Test
    void hexadecimal_digits_are_those_of_the_number() {
        for (long row = 0; row < 1000; row++) {
            buffer.clear();
            buffer.writeHex(Mix64.at(7, row));
            assertThat(text()).isEqualTo(HexFormat.of().toHexDigits(Mix64.at(7, row)));
        }
    }

    @Test
    void decimal_digits_are_those_of_numbers_of_any_length() {
        for (int shift = 0; shift < Long.SIZE; shift++) {
            for (long row = 0; row < 20; row++) {
                long value = Mix64.at(11, row) >> shift;
                buffer.clear();
                buffer.writeDecimal(value);
                assertThat(text()).isEqualTo(Long.toString(value));
            }
        }
    }

    @Test
    void cells_of_every_length_follow_each_other_without_a_gap() {
        byte[][] cells = new byte[20][];
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String text = String.valueOf((char) ('a' + i)).repeat(i);
            cells[i] = text.getBytes(StandardCharsets.US_ASCII);
            expected.append(text);
        }
        CellTable table = new CellTable(cells);
        for (int i = 0; i < cells.length; i++) {
            table.write(i, buffer);
        }
        assertThat(text()).isEqualTo(expected.toString());
    }

    private String text() {
        return new String(buffer.toByteArray(), StandardCharsets.US_ASCII);
    }
}
