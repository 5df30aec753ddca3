package dev.pgattest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void every_place_is_that_of_counting_from_the_beginning() {
        for (String text : new String[] {"", "a", "\n", "a\n\nö😀b\r\nc", "x\n".repeat(200) + "end"}) {
            Lines lines = Lines.of(text);
            for (int offset = 0; offset <= text.length(); offset++) {
                assertThat(lines.place(offset)).isEqualTo(Place.of(text, offset));
            }
        }
    }
}
