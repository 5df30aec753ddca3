package dev.pgattest.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

    @Test
    void counts_insertions_deletions_replacements_and_swaps() {
        assertThat(Spelling.distance("quries", "queries")).isEqualTo(1);
        assertThat(Spelling.distance("abc", "")).isEqualTo(3);
        assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Spelling.distance("from", "form")).isEqualTo(1);
    }

    @Test
    void finds_the_closest_word_ignoring_case() {
        assertThat(Spelling.closest("BASELINE", List.of("baselines", "baseline")))
                .contains("baseline");
    }

    @Test
    void suggests_nothing_when_no_word_is_near() {
        assertThat(Spelling.closest("xyz", List.of("baseline", "proven"))).isEmpty();
        assertThat(Spelling.remedy("xyz", "states", List.of("baseline", "proven")))
                .isEqualTo("known states: baseline, proven");
    }

    @Test
    void says_so_when_nothing_is_known() {
        assertThat(Spelling.remedy("xyz", "states", List.of())).isEqualTo("there are no known states here: remove it");
    }
}
