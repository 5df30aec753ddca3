package dev.pgattest.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemporaryNameTest {

    @Test
    void a_temporary_name_follows_from_the_name_and_is_never_cut_off() {
        QualifiedName orders = new QualifiedName("shop", "orders_owner");
        assertThat(TemporaryName.ofNew(orders)).isEqualTo(new QualifiedName("shop", "orders_owner_pgattest_new"));
        for (String name : List.of("n".repeat(63), "ä".repeat(31), "n" + "ä".repeat(31), "😀".repeat(15))) {
            QualifiedName longName = new QualifiedName("s", name);
            List<QualifiedName> made = List.of(
                    TemporaryName.ofNew(longName),
                    TemporaryName.ofOld(longName),
                    TemporaryName.ofPart(longName, longName, "(a)"),
                    TemporaryName.ofPart(longName, longName, "(b)"));
            assertThat(made).doesNotHaveDuplicates().allMatch(each -> Identifier.fits(each.name()));
            assertThat(made.get(0).name()).endsWith("_pgattest_new").startsWith(name.substring(0, 2));
            assertThat(TemporaryName.is(made.get(0))).isTrue();
        }
    }

    @Test
    void long_names_that_differ_at_the_end_have_different_temporary_names() {
        assertThat(TemporaryName.ofNew(new QualifiedName("s", "n".repeat(62) + "a")))
                .isNotEqualTo(TemporaryName.ofNew(new QualifiedName("s", "n".repeat(62) + "b")));
    }
}
