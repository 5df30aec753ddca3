package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkRequestTest {

    @Test
    void a_plain_project_name_stays_readable() {
        assertThat(BenchmarkRequest.databaseFor("skeldir_2")).isEqualTo("pgattest_skeldir_2");
    }

    @Test
    void odd_and_long_names_fit_and_stay_apart() {
        List<String> odd =
                List.of("Shop", "shop!", "shop?", "größe", "a b", "x".repeat(60), "x".repeat(61), "", "shop");
        List<String> names = odd.stream().map(BenchmarkRequest::databaseFor).toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("pgattest_[a-z0-9_]{0,54}"));
        assertThat(BenchmarkRequest.databaseFor("x".repeat(54))).hasSize(63);
    }
}
