package dev.pgattest.signoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.signoff.SignOff.Decision;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignOffTest {

    private static final List<String> OWNERS = List.of(
            "B2.6",
            "b2.6",
            "B2-6",
            "B2.6 (Attribution API)",
            "Zahlungen/Team",
            "../../etc/passwd",
            "..",
            "con",
            "数据团队",
            "ö",
            "-rf",
            "a: b",
            "x".repeat(200),
            "x".repeat(201));

    @Test
    void names_files_safely_and_each_owner_differently() {
        Set<String> names = new HashSet<>();
        for (String owner : OWNERS) {
            String name = SignOff.fileName(owner);
            assertThat(name).matches("([a-z0-9][a-z0-9-]*-)?[0-9a-f]{12}\\.txt").hasSizeLessThan(60);
            names.add(name.toLowerCase(Locale.ROOT));
        }
        assertThat(names).hasSameSizeAs(OWNERS);
        assertThat(SignOff.fileName("B2.6 (Attribution API)")).startsWith("b2-6-attribution-api-");
    }

    @Test
    void reads_back_what_it_writes() {
        for (String owner : OWNERS) {
            SignOff signOff = new SignOff(
                    "shop", "a".repeat(64), owner, Decision.REJECTED, Instant.parse("2026-01-02T03:04:05.6Z"));
            assertThat(SignOff.parse(signOff.text()).orThrow()).isEqualTo(signOff);
        }
    }

    @Test
    void refuses_names_that_would_forge_a_line() {
        assertThat(SignOff.problemsOfName("owner", "a\ndecision: approved")).hasSize(1);
        assertThat(SignOff.problemsOfName("owner", "a\u2028b")).hasSize(1);
        assertThat(SignOff.problemsOfName("owner", " ")).hasSize(1);
        assertThat(SignOff.problemsOfName("owner", "B2.6 (Attribution API)")).isEmpty();
    }
}
