package dev.pgattest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.schema.IndexComparison.Relation;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SyntaxTree;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class IndexComparisonTest {

    /**
     * Two indexes as {@code create index on t} continues, or constraints as {@code alter table t add} does.
     *
     * @param expected what the first is beside the second, with {@code -} behind it when it can go
     */
    private record Pair(String one, String other, String expected, String why) {
        @Override
        public String toString() {
            return one + " beside " + other + ": " + why;
        }
    }

    private static Pair pair(String one, String other, String expected, String why) {
        return new Pair(one, other, expected, why);
    }

    @SuppressWarnings("unused")
    private static final List<Pair> COLUMNS = List.of(
            pair("(a)", "(a)", "EQUAL-", "the same"),
            pair("(a)", "using btree (a)", "EQUAL-", "btree is the default"),
            pair("((a))", "(a)", "EQUAL-", "a column in parentheses is a column"),
            pair("(\"A\")", "(a)", "DIFFERENT", "quoted names keep their case"),
            pair("(a)", "(a, b)", "PREFIX_OF-", "the first key"),
            pair("(a, b)", "(a, b, c)", "PREFIX_OF-", "the first two keys"),
            pair("(a, b)", "(a)", "DIFFERENT", "the other has fewer keys"),
            pair("(b)", "(a, b)", "DIFFERENT", "not the first key"),
            pair("(b, a)", "(a, b)", "DIFFERENT", "another order"),
            pair("(a, c)", "(a, b, c)", "DIFFERENT", "not the first keys"),
            pair(
                    "(a) with (deduplicate_items = off)",
                    "(a) with (deduplicate_items = false)",
                    "EQUAL-",
                    "off is false"),
            pair("(a) with (fillfactor = 70)", "(a)", "EQUAL-", "the fill factor is no difference in use"));

    @SuppressWarnings("unused")
    private static final List<Pair> DIRECTIONS = List.of(
            pair("(a desc)", "(a)", "EQUAL-", "one key reads from both ends"),
            pair("(a asc nulls last)", "(a)", "EQUAL-", "that is the default"),
            pair("(a desc nulls first)", "(a desc)", "EQUAL-", "that is the default for desc"),
            pair("(a desc nulls last)", "(a)", "DIFFERENT", "NULL is at the other end"),
            pair("(a desc nulls last)", "(a nulls first)", "EQUAL-", "the same from the other end"),
            pair("(a desc, b desc)", "(a, b)", "EQUAL-", "all keys are reversed"),
            pair("(a desc, b)", "(a, b desc)", "EQUAL-", "all keys are reversed"),
            pair("(a, b desc)", "(a, b)", "DIFFERENT", "one key of two is reversed"),
            pair("(a desc)", "(a, b)", "PREFIX_OF-", "the first key from the other end"),
            pair("(a desc, b desc)", "(a, b, c desc)", "PREFIX_OF-", "all keys that both have are reversed"),
            pair("(a, b desc)", "(a, b, c)", "DIFFERENT", "one key of two is reversed"));

    @SuppressWarnings("unused")
    private static final List<Pair> CLASSES = List.of(
            pair("(a text_pattern_ops)", "(a)", "DIFFERENT", "another operator class"),
            pair("(a text_pattern_ops)", "(a text_pattern_ops, b)", "PREFIX_OF-", "the same operator class"),
            pair("(a pg_catalog.text_pattern_ops)", "(a text_pattern_ops)", "EQUAL-", "the same with its schema"),
            pair("(a text_ops)", "(a)", "DIFFERENT", "the default of char(n) is another one"),
            pair("(a int8_ops)", "(a)", "EQUAL-", "the default written out"),
            pair("(a collate \"C\")", "(a)", "DIFFERENT", "another collation"),
            pair("(a collate \"C\")", "(a collate pg_catalog.\"C\")", "EQUAL-", "the same with its schema"),
            pair("(a collate \"C\")", "(a collate \"C\", b)", "PREFIX_OF-", "the same collation"),
            pair(
                    "using gist (a gist_trgm_ops (siglen = 32))",
                    "using gist (a gist_trgm_ops)",
                    "DIFFERENT",
                    "parameters"));

    @SuppressWarnings("unused")
    private static final List<Pair> METHODS = List.of(
            pair("using hash (a)", "(a)", "DIFFERENT", "another method"),
            pair("using hash (a)", "using hash (a)", "EQUAL-", "the same"),
            pair("using gin (a)", "using gin (a)", "EQUAL-", "the same"),
            pair("using gin (a, b)", "using gin (b, a)", "EQUAL-", "the order of GIN keys means nothing"),
            pair("using gin (a)", "using gin (a, b)", "COVERED", "found there too, among more"),
            pair("using gin (a jsonb_path_ops)", "using gin (a)", "DIFFERENT", "another operator class"),
            pair("using gin (a jsonb_ops)", "using gin (a)", "EQUAL-", "the default written out"),
            pair("using gist (a)", "using gist (a, b)", "DIFFERENT", "GiST has no prefixes"),
            pair("using gist (a, b)", "using gist (b, a)", "DIFFERENT", "the first GiST key matters most"),
            pair("using brin (a, b)", "using brin (b, a)", "EQUAL-", "the order of BRIN keys means nothing"),
            pair("using brin (a)", "using brin (a, b)", "DIFFERENT", "BRIN has no prefixes"),
            pair("using brin (a) with (pages_per_range = 8)", "using brin (a)", "DIFFERENT", "finer ranges"),
            pair("using bloom (a, b)", "using bloom (a, b)", "EQUAL-", "the same of a method that is not known"),
            pair("using bloom (a, b) with (length = 80)", "using bloom (a, b)", "DIFFERENT", "parameters may matter"));

    @SuppressWarnings("unused")
    private static final List<Pair> INCLUDED = List.of(
            pair("(a)", "(a) include (b)", "COVERED-", "the other carries more"),
            pair("(a) include (b)", "(a)", "DIFFERENT", "the other cannot return b"),
            pair("(a) include (b)", "(a, b)", "PREFIX_OF-", "b is a key there"),
            pair("(a, b)", "(a) include (b)", "DIFFERENT", "an included column is no key"),
            pair("(a) include (b, c)", "(a) include (c, b)", "EQUAL-", "their order means nothing"),
            pair("(a) include (c)", "(a, b) include (c)", "PREFIX_OF-", "the same payload"),
            pair("(a) include (c)", "(a, b)", "DIFFERENT", "the other lacks the payload"));

    @SuppressWarnings("unused")
    private static final List<Pair> PREDICATES = List.of(
            pair("(a) where b > 1", "(a) where b > 1", "EQUAL-", "the same rows"),
            pair("(a) where b > 1", "(a) where t.b > 1", "EQUAL-", "the table's name adds nothing"),
            pair("(a) where b > 1", "(a)", "COVERED", "fewer rows"),
            pair("(a)", "(a) where b > 1", "DIFFERENT", "the other lacks rows"),
            pair("(a) where b > 1", "(a) where b > 2", "DIFFERENT", "not compared as numbers"),
            pair("(a) where b > 1 and c", "(a) where b > 1", "COVERED", "fewer rows"),
            pair("(a) where b > 1", "(a) where b > 1 and c", "DIFFERENT", "the other lacks rows"),
            pair("(a) where c and b > 1", "(a) where b > 1 and c", "EQUAL-", "the order of conditions"),
            pair("(a) where c and (b > 1 and d)", "(a) where b > 1 and c and d", "EQUAL-", "nested conditions"),
            pair("(a) where b > 1 and c", "(a) where b > 1 or c", "DIFFERENT", "or is not and"),
            pair("(a) where b > 1", "(a, c) where b > 1", "PREFIX_OF-", "the same rows, the first key"),
            pair("(a) where b > 1", "(a, c)", "COVERED", "fewer rows, the first key"),
            pair("(a) where a = 1", "(a) where a is not null", "COVERED", "an equal value is not null"),
            pair("(a) where a is not null", "(a) where a = 1", "DIFFERENT", "not null is not one"),
            pair("(a) where b in ('x', 'y')", "(a) where b = any (array['y', 'x'])", "EQUAL-", "the same list"),
            pair("(a) where b in ('x')", "(a) where b = 'x'", "EQUAL-", "a list of one"),
            pair("(a) where b not in (1, 2)", "(a) where b in (1, 2)", "DIFFERENT", "not in is not in"),
            pair("(a) where b is null", "(a) where b is not null", "DIFFERENT", "the opposite"),
            pair("(a) where b like 'x%'", "(a) where b ~~ 'x%'", "EQUAL-", "LIKE is an operator"),
            pair("(a) where b not like 'x%'", "(a) where b like 'x%'", "DIFFERENT", "the opposite"),
            pair("(a) where b ilike 'x%'", "(a) where b like 'x%'", "DIFFERENT", "another operator"),
            pair("(a) where b between 1 and 2", "(a) where b <= 2 and b >= 1", "EQUAL-", "two comparisons"),
            pair("(a) where b between 1 and 2", "(a) where b >= 1", "COVERED", "one of the two comparisons"),
            pair("(a) where b between 1 and 2", "(a) where b is not null", "COVERED", "a value between is not null"),
            pair("(a) where b not between 1 and 2", "(a) where b between 1 and 2", "DIFFERENT", "the opposite"),
            pair("(a) where (b, c) > (1, 2)", "(a) where row(b, c) > row(1, 2)", "EQUAL-", "two spellings of a row"),
            pair("(a) where b in ('x'::varchar::text)", "(a) where b = 'x'::text", "EQUAL-", "no length, no change"),
            pair("(a) where b = 'x'::varchar(1)::text", "(a) where b = 'x'::text", "DIFFERENT", "it is cut off"),
            pair("(a) where b = 'x'::bpchar::text", "(a) where b = 'x'::text", "DIFFERENT", "char(n) loses blanks"),
            pair("(a) where lower(b) = 'x'", "(a) where pg_catalog.lower(b) = 'x'", "EQUAL-", "the same function"));

    @SuppressWarnings("unused")
    private static final List<Pair> UNIQUE = List.of(
            pair("unique (a)", "(a)", "COVERED", "it refuses duplicates"),
            pair("(a)", "unique (a)", "COVERED-", "the unique one is enough"),
            pair("unique (a)", "unique (a)", "EQUAL-", "the same"),
            pair("unique (a)", "unique (a, b)", "PREFIX_OF", "a wider unique index refuses less"),
            pair("unique (a, b)", "unique (a)", "DIFFERENT", "the other has fewer keys"),
            pair("(a)", "unique (a, b)", "PREFIX_OF-", "the first key"),
            pair("unique (a) nulls not distinct", "unique (a)", "COVERED", "it refuses a second NULL"),
            pair("unique (a)", "unique (a) nulls not distinct", "COVERED-", "the other refuses more"),
            pair("unique (a) include (b)", "unique (a, b)", "PREFIX_OF", "it is unique in a alone"),
            pair("unique (a)", "unique (a) include (b)", "COVERED-", "the same and more payload"),
            pair("unique (a desc)", "unique (a)", "EQUAL-", "direction is no matter of uniqueness"),
            pair("unique (a) where b", "unique (a)", "COVERED", "fewer rows"),
            pair("unique (a)", "unique (a) where b", "DIFFERENT", "the other refuses less"),
            pair("add primary key (a)", "unique (a)", "COVERED", "the constraint stays"),
            pair("unique (a)", "add primary key (a)", "COVERED-", "the constraint is enough"),
            pair("add unique (a)", "unique (a)", "COVERED", "foreign keys may refer to the constraint"),
            pair("add unique (a)", "add primary key (a)", "COVERED-", "one constraint is enough"),
            pair("add primary key (a)", "add unique (a)", "COVERED", "the primary key stays"),
            pair("add constraint c unique (a)", "add constraint d unique (a)", "EQUAL-", "twice the same"),
            pair("unique (a)", "add unique (a) deferrable", "COVERED", "the other refuses later"),
            pair("(a)", "add primary key (a, b)", "PREFIX_OF-", "the first key of the constraint"),
            pair("add unique (a)", "add unique (a, b)", "PREFIX_OF", "a wider constraint refuses less"),
            pair(
                    "add exclude using gist (a with &&)",
                    "add exclude using gist (a with operator(pg_catalog.&&))",
                    "EQUAL",
                    "the same operator"),
            pair(
                    "add exclude using gist (a with &&)",
                    "add exclude using gist (a with =)",
                    "COVERED",
                    "it excludes something else"),
            pair("using gist (a)", "add exclude using gist (a with &&)", "COVERED-", "the constraint's index serves"),
            pair("add exclude using gist (a with &&)", "using gist (a)", "COVERED", "the constraint stays"));

    @SuppressWarnings("unused")
    private static final List<Pair> EXPRESSIONS = List.of(
            pair("(lower(a))", "( lower( a ) )", "EQUAL-", "places in the text mean nothing"),
            pair("(lower(a))", "(upper(a))", "DIFFERENT", "another function"),
            pair("(lower(a))", "(lower(b))", "DIFFERENT", "another column"),
            pair("(lower(a))", "(lower(a), b)", "PREFIX_OF-", "the first key"),
            pair("(lower(a))", "(a)", "DIFFERENT", "not the column itself"),
            pair("((a + 1))", "((a + 2))", "DIFFERENT", "another constant"),
            pair("((a::date))", "((cast(a as date)))", "EQUAL-", "two spellings of a cast"),
            pair("((a::int))", "((a::pg_catalog.int4))", "EQUAL-", "the same type"),
            pair("((a::varchar(10)))", "((a::varchar(20)))", "DIFFERENT", "another length"),
            pair("((a ->> 'k'))", "((a -> 'k'))", "DIFFERENT", "another operator"));

    @ParameterizedTest
    @FieldSource({"COLUMNS", "DIRECTIONS", "CLASSES", "METHODS", "INCLUDED", "PREDICATES", "UNIQUE", "EXPRESSIONS"})
    void an_index_beside_another(Pair pair) {
        IndexComparison comparison = IndexComparison.of(index(pair.one()), index(pair.other()));

        assertThat(comparison.relation() + (comparison.redundant() ? "-" : "")).isEqualTo(pair.expected());
        assertThat(comparison.reason().isEmpty()).isEqualTo(comparison.relation() == Relation.DIFFERENT);
    }

    @ParameterizedTest
    @FieldSource({"COLUMNS", "DIRECTIONS", "CLASSES", "METHODS", "INCLUDED", "PREDICATES", "UNIQUE", "EXPRESSIONS"})
    void equal_is_the_same_from_both_sides(Pair pair) {
        IndexComparison there = IndexComparison.of(index(pair.one()), index(pair.other()));
        IndexComparison back = IndexComparison.of(index(pair.other()), index(pair.one()));

        assertThat(there.relation() == Relation.EQUAL).isEqualTo(back.relation() == Relation.EQUAL);
    }

    static IndexDefinition index(String text) {
        String sql = text.startsWith("add")
                ? "alter table t " + text
                : text.startsWith("unique")
                        ? "create unique index on t " + text.substring("unique".length())
                        : "create index on t " + text;
        ParseNode statement =
                ParseNode.of(((SyntaxTree) Grammar.parse(sql)).statements().get(0));
        ParseNode definition = statement.is("IndexStmt")
                ? statement
                : statement.list("cmds").get(0).child("def");
        return IndexDefinition.of(definition).orElseThrow();
    }
}
