package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {

    @ParameterizedTest
    @CsvSource({
        "15.18 (Debian 15.18-0+deb12u1), 15, 15.18",
        "18.6, 18, 18.6",
        "19beta1, 19, 19beta1",
        "9.6.24, 9, 9.6.24"
    })
    void the_major_version_is_the_first_number(String text, int major, String shown) {
        assertThat(ServerVersion.parse(text)).isEqualTo(new ServerVersion(major, shown));
    }

    @ParameterizedTest
    @ValueSource(strings = {"13.22", "9.6.24"})
    void a_server_before_14_is_refused_with_its_version_and_place(String text) {
        assertThatThrownBy(() -> ServerVersion.parse(text).requireSupported("db:5432"))
                .hasMessage("PostgreSQL " + text + " at db:5432 is too old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"14.0", "14beta1", "18.6"})
    void a_server_from_14_on_is_accepted(String text) {
        assertThatCode(() -> ServerVersion.parse(text).requireSupported("db:5432"))
                .doesNotThrowAnyException();
    }
}
