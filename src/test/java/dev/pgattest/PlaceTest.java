package dev.pgattest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlaceTest {

    record Offset(String text, int offset, int line, int column) {}

    static List<Offset> offsets() {
        return List.of(
                new Offset("", 0, 1, 1),
                new Offset("abc", 2, 1, 3),
                new Offset("a\nb", 1, 1, 2),
                new Offset("a\nb", 2, 2, 1),
                new Offset("a\r\nb", 3, 2, 1),
                new Offset("\n\n\n", 3, 4, 1),
                new Offset("é😀x", 3, 1, 3),
                new Offset("é\n😀x", 4, 2, 2));
    }

    @ParameterizedTest
    @MethodSource("offsets")
    void lines_end_with_a_line_feed_and_columns_count_characters(Offset offset) {
        assertThat(Place.of(offset.text(), offset.offset())).isEqualTo(new Place(offset.line(), offset.column()));
    }

    @Test
    void an_offset_outside_the_text_is_refused() {
        assertThatThrownBy(() -> Place.of("abc", 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Place.of("abc", -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
