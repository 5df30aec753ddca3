package dev.pgattest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetCheckTest {

    private static final String GOOD = """
            profiles:
              small:
                seed: 1
                scale: 1
                rows: {users: 100, orders: 1000}
                fixed: [users]
                members: users
            tables:
              users:
                columns:
                  id: {type: uuid, identifier: {}}
                  name: {type: varchar(20), text: "user {row}"}
              orders:
                columns:
                  id: {type: bigint, identifier: {}}
                  user_id: {type: uuid, reference: {table: users, column: id, shares: [{members: 10, share: 0.6}]}}
                  day: {type: date, uniform: {min: 2024-01-01, max: 2024-12-31}}
                  at: {type: timestamptz, time: {from: 2024-01-01, days: 10}}
                  cents: {type: bigint, uniform: {min: 5, max: 500}}
                  state: {type: text, choice: {new: 1, old: 2}}
              lines:
                rows: {each: orders, counts: [1, 2]}
                columns:
                  order_id: {type: bigint, parent: id}
                  ratio: {type: "numeric(5,4)", ratio: {}}
                  cents: {type: bigint, split: {parent: cents, by: ratio}}
                  later: {type: timestamptz, after: {parent: at, min: 1 s, max: 2 min}}
                  note: {type: text, characters: {length: 5}}
            """;

    /** A good file in which {@code from} becomes {@code to}, and what is said then. */
    private record Mistake(String from, String to, String message, String remedy) {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(
                        "each: orders",
                        "each: order",
                        "/tables/lines/rows/each: unknown parent table 'order'",
                        "write one of: users, orders, lines"),
                new Mistake(
                        "counts: [1, 2]",
                        "counts: []",
                        "/tables/lines/rows/counts: no counts of rows for a parent",
                        "write how many rows parents have, for example [2, 4]"),
                new Mistake(
                        "counts: [1, 2]",
                        "counts: [1, -2]",
                        "/tables/lines/rows/counts: counts of rows for a parent: [1, -2]",
                        "write numbers from 0 to 10000"),
                new Mistake(
                        "counts: [1, 2]",
                        "counts: [0]",
                        "/tables/lines/rows/counts: every parent has 0 rows, so the table is empty",
                        "make a count at least 1"),
                new Mistake(
                        "{each: orders, counts: [1, 2]}",
                        "{sample: orders, every: 0}",
                        "/tables/lines/rows/every: a sample of one row in 0",
                        "write a whole number of at least 1, for example 50"),
                new Mistake(
                        "parent: id}",
                        "parent: ids}",
                        "/tables/lines/columns/order_id/parent: unknown column of table 'orders' 'ids'",
                        "write one of: id, user_id, day, at, cents, state"),
                new Mistake(
                        "table: users,",
                        "table: people,",
                        "/tables/orders/columns/user_id/reference/table: unknown table 'people'",
                        "write one of: users, orders, lines"),
                new Mistake(
                        "column: id,",
                        "column: key,",
                        "/tables/orders/columns/user_id/reference/column: unknown column of table 'users' 'key'",
                        "write one of: id, name"),
                new Mistake(
                        "share: 0.6}",
                        "share: 0.6}, {members: 5, share: 0.5}",
                        "/tables/orders/columns/user_id/reference/shares: the shares sum to 1.1",
                        "let them sum to 1 at most"),
                new Mistake(
                        "members: 10",
                        "members: 101",
                        "/tables/orders/columns/user_id/reference/shares: shares of 101 members, but table 'users' has 100 rows at scale 1",
                        "choose fewer members, write them as a percentage such as 10%, or add the table to 'fixed'"),
                new Mistake(
                        "members: 10",
                        "members: 100%",
                        "/tables/orders/columns/user_id/reference/shares: the shares sum to 0.6 and no row is left for the rest",
                        "let the shares sum to 1, or choose fewer members"),
                new Mistake(
                        "share: 0.6",
                        "share: 0",
                        "/tables/orders/columns/user_id/reference/shares/0/share: share 0",
                        "write a fraction of more than 0, for example 0.6"),
                new Mistake(
                        "user_id: {type: uuid",
                        "user_id: {type: text",
                        "/tables/orders/columns/user_id/reference: column 'user_id' is text, but 'id', which its values come from, is uuid",
                        "let both have the same type"),
                new Mistake(
                        "id: {type: uuid, identifier: {}}",
                        "id: {type: uuid, identifier: {prefix: u}}",
                        "/tables/users/columns/id/identifier/prefix: a prefix of an identifier of type uuid",
                        "remove it, or write 'type: text'"),
                new Mistake(
                        "id: {type: bigint, identifier",
                        "id: {type: date, identifier",
                        "/tables/orders/columns/id/identifier: 'identifier' makes no values of type date",
                        "it needs uuid, smallint, integer, bigint, text or varchar(n)"),
                new Mistake(
                        "min: 5, max: 500",
                        "min: 500, max: 5",
                        "/tables/orders/columns/cents/uniform: min 500 is more than max 5",
                        "exchange them"),
                new Mistake(
                        "max: 2024-12-31",
                        "max: 2024-13-31",
                        "/tables/orders/columns/day/uniform/max: '2024-13-31' is no date",
                        "write a day such as 2024-01-31"),
                new Mistake(
                        "days: 10",
                        "days: 0",
                        "/tables/orders/columns/at/time/days: 0 days",
                        "write a number from 1 to 36525"),
                new Mistake(
                        "days: 10",
                        "days: 10, spikes: {days: 0.99, share: 0.8}",
                        "/tables/orders/columns/at/time/spikes: all of the 10 days are spikes, so no day is left for the other rows",
                        "choose fewer days for the spikes, or more days"),
                new Mistake(
                        "days: 10",
                        "days: 10, spikes: {days: 0.2, share: 1.8}",
                        "/tables/orders/columns/at/time/spikes/share: fraction 1.8",
                        "write a number above 0 and up to 1, such as 0.2"),
                new Mistake(
                        "{new: 1, old: 2}",
                        "{new: 0, old: 0}",
                        "/tables/orders/columns/state/choice: the weights sum to 0",
                        "give one value a weight of more than 0"),
                new Mistake(
                        "{new: 1, old: 2}",
                        "{new: 3, old: -2}",
                        "/tables/orders/columns/state/choice: weight -2 of 'old'",
                        "write a weight of at least 0"),
                new Mistake(
                        "{new: 1, old: 2}",
                        "[]",
                        "/tables/orders/columns/state/choice: no values",
                        "write at least one value"),
                new Mistake(
                        "min: 1 s, max: 2 min",
                        "min: 1, max: 2 min",
                        "/tables/lines/columns/later/after/min: found '1', expected a whole number and a unit of us, ms, s, min, h or d, such as 10 min",
                        "write a whole number and a unit of us, ms, s, min, h or d, such as 10 min"),
                new Mistake(
                        "min: 1 s, max: 2 min",
                        "min: 1 h, max: 2 min",
                        "/tables/lines/columns/later/after: a delay from PT1H to PT2M",
                        "let min be at least 0 s and not more than max"),
                new Mistake(
                        "ratio: {}}",
                        "ratio: {}, null_share: 0.1}",
                        "/tables/lines/columns/ratio/ratio: the parts of column 'ratio' can't sum to the whole when some are null",
                        "remove 'null_share' and 'when'"),
                new Mistake(
                        "\"numeric(5,4)\"",
                        "bigint",
                        "/tables/lines/columns/ratio/ratio: 'ratio' makes no values of type bigint",
                        "it needs numeric(p,s) with s from 1 to 9"),
                new Mistake(
                        "by: ratio",
                        "by: note",
                        "/tables/lines/columns/cents/split/by: column 'note' is no ratio",
                        "name a column with 'ratio: {}'"),
                new Mistake(
                        "parent: cents,",
                        "parent: state,",
                        "/tables/lines/columns/cents/split: the parent's column 'state' is text and can't be split into bigint",
                        "let both have the same type"),
                new Mistake(
                        "characters: {length: 5}",
                        "characters: {min: 5, max: 2}",
                        "/tables/lines/columns/note/characters: from 5 to 2 characters",
                        "let min be at least 0 and not more than max, and max at most 1000000"),
                new Mistake(
                        "characters: {length: 5}",
                        "characters: {length: 5}, null_share: 1.5",
                        "/tables/lines/columns/note/null_share: null_share 1.5",
                        "write a fraction from 0 to 1, for example 0.2"),
                new Mistake(
                        "characters: {length: 5}",
                        "characters: {length: 5}, when: {column: cents, is: [many]}",
                        "/tables/lines/columns/note/when/is/0: 'many' is no bigint, the type of column 'cents'",
                        "write a value that the column can have"),
                new Mistake(
                        "varchar(20)",
                        "varchar(3)",
                        "/tables/users/columns/name/text: 'user {row}' makes values of 6 characters for varchar(3)",
                        "make them shorter"),
                new Mistake(
                        "characters: {length: 5}",
                        "column: note",
                        "/tables/lines/columns/note: the value of column 'note' needs itself: lines.note -> lines.note",
                        "break the circle: let one of the columns have a generator of its own"),
                new Mistake(
                        "name: {type: varchar(20), text: \"user {row}\"}",
                        "last: {type: bigint, reference: {table: orders, column: id}}",
                        "/tables/orders: table 'orders' needs itself through its parents or references",
                        "break the circle: let one of the tables have rows of its own and no reference back"),
                new Mistake(
                        "scale: 1",
                        "scale: 0",
                        "/profiles/small/scale: scale 0",
                        "write a scale of more than 0, for example 0.02"),
                new Mistake(
                        "orders: 1000",
                        "orders: 0",
                        "/profiles/small/rows/orders: table 'orders' has 0 rows",
                        "write at least 1"),
                new Mistake(
                        ", orders: 1000",
                        "",
                        "/profiles/small/rows: profile 'small' does not say how many rows 'orders' has",
                        "add 'orders: 1000', or give the table 'rows' with 'each' or 'sample'"),
                new Mistake(
                        "orders: 1000",
                        "orders: 1000, lines: 5",
                        "/profiles/small/rows/lines: the rows of table 'lines' follow from its parent 'orders'",
                        "remove it here, or remove 'rows' from the table"),
                new Mistake(
                        "members: users",
                        "members: people",
                        "/profiles/small/members: unknown table 'people'",
                        "write one of: users, orders, lines"),
                new Mistake(
                        "fixed: [users]",
                        "fixed: [user]",
                        "/profiles/small/fixed/0: unknown table 'user'",
                        "write one of: users, orders, lines"),
                new Mistake(
                        "orders: 1000",
                        "orders: 99_999_999_999_999",
                        "/profiles/small/rows/orders: table 'orders' has 99999999999999 rows at scale 1",
                        "choose fewer than 1099511627776 rows"),
                new Mistake(
                        "seed: 1",
                        "seed: one",
                        "/profiles/small/seed: found 'one', expected a whole number",
                        "write a whole number"),
                new Mistake(
                        "type: bigint, identifier",
                        "type: money, identifier",
                        "/tables/orders/columns/id/type: found 'money', expected one of " + ColumnType.KNOWN,
                        "write one of " + ColumnType.KNOWN),
                new Mistake(
                        "type: bigint, identifier: {}",
                        "type: bigint",
                        "/tables/orders/columns/id: nothing says what the values are",
                        "write one of: after, array, characters, choice, column, constant, cycle, identifier, json, parent, ratio, reference, split, text, time, uniform, zipf"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_named_with_its_place_and_its_remedy(Mistake mistake) {
        assertThat(GOOD).contains(mistake.from);
        List<Problem> problems = DatasetYaml.problems(GOOD.replace(mistake.from, mistake.to));
        assertThat(problems).contains(Problem.ofInput(mistake.message, mistake.remedy));
    }

    @Test
    void a_good_file_has_no_problems() {
        assertThat(DatasetYaml.problems(GOOD)).isEmpty();
    }

    @Test
    void all_mistakes_are_listed_at_once() {
        String bad = GOOD.replace("counts: [1, 2]", "counts: [0]")
                .replace("fixed: [users]", "fixed: [user]")
                .replace("days: 10", "days: -1");
        assertThat(DatasetYaml.problems(bad)).hasSize(3);
    }

    @Test
    void generators_that_others_are_computed_from_are_not_possible_in_documents() {
        String bad = GOOD.replace(
                "note: {type: text, characters: {length: 5}}",
                "note: {type: jsonb, json: {at: {type: date, time: {from: 2024-01-01, days: 3}}}}");
        assertThat(DatasetYaml.problems(bad))
                .extracting(Problem::message)
                .containsExactly(
                        "/tables/lines/columns/note/json/at/time: 'time' is not possible inside a JSON document");
    }

    @Test
    void a_wrong_profile_scale_or_number_of_members_is_refused() {
        DatasetSpec spec = DatasetYaml.spec(GOOD);
        assertRefused(
                spec, "large", DatasetSize.ofScale("1"), "the dataset has no profile 'large'", "its profiles: small");
        assertRefused(
                spec, "small", DatasetSize.ofScale("0"), "scale 0", "write a scale of more than 0, for example 0.02");
        assertRefused(
                spec, "small", DatasetSize.ofScale("-1"), "scale -1", "write a scale of more than 0, for example 0.02");
        assertRefused(
                spec,
                "small",
                new DatasetSize(BigDecimal.ONE, 0L),
                "0 rows of 'users', which has 100 at this scale",
                "choose a number from 1 to 100");
        assertRefused(
                spec,
                "small",
                new DatasetSize(BigDecimal.ONE, 101L),
                "101 rows of 'users', which has 100 at this scale",
                "choose a number from 1 to 100");
        DatasetSpec withoutMembers = DatasetYaml.spec(GOOD.replace("members: users\n", "\n"));
        assertRefused(
                withoutMembers,
                "small",
                new DatasetSize(BigDecimal.ONE, 1L),
                "profile 'small' has no members to choose 1 of",
                "name the table in the profile, for example 'members: tenants'");
    }

    @Test
    void an_identifier_that_the_rows_overflow_is_refused() {
        DatasetSpec spec =
                DatasetYaml.spec(GOOD.replace("id: {type: bigint, identifier", "id: {type: smallint, identifier")
                        .replace("order_id: {type: bigint", "order_id: {type: smallint"));
        assertRefused(
                spec,
                "small",
                DatasetSize.ofScale("100"),
                "/tables/orders/columns/id/identifier: 100000 rows need more identifiers than the 32767 of smallint",
                "write 'type: bigint', or choose a smaller scale");
    }

    private static void assertRefused(
            DatasetSpec spec, String profile, DatasetSize size, String message, String remedy) {
        assertThatThrownBy(() -> Dataset.of(spec, profile, size))
                .isInstanceOfSatisfying(
                        PgattestException.class,
                        refused -> assertThat(refused.problems()).containsExactly(Problem.ofInput(message, remedy)));
    }
}
