package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class GrammarTest {

    record Kind(String sql, String node) {}

    static List<Kind> kinds() {
        return List.of(
                new Kind("select a from t where b = $1 order by c desc limit 10", "SelectStmt"),
                new Kind("create index concurrently i on t (a desc nulls last) include (b) where c > 0", "IndexStmt"),
                new Kind(
                        "create table t (a int primary key, b text collate \"C\") partition by range (a)",
                        "CreateStmt"),
                new Kind("merge into t using s on true when matched then delete returning old.*", "MergeStmt"),
                new Kind(
                        "create function f() returns trigger language plpgsql as $$begin new.a := 1; return new; end$$",
                        "CreateFunctionStmt"),
                new Kind("create function f() returns int begin atomic select 1; select 2; end", "CreateFunctionStmt"),
                new Kind("do $x$begin perform 1; end$x$", "DoStmt"),
                new Kind("alter table t force row level security", "AlterTableStmt"),
                new Kind("create policy p on t using (a = current_setting('x')::uuid)", "CreatePolicyStmt"),
                new Kind("select ':x', E'\\n', $$;$$, 'é😀'", "SelectStmt"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_statement_has_postgresqls_own_tree(Kind kind) {
        assertThat(tree(kind.sql()).statements())
                .singleElement()
                .satisfies(statement -> assertThat(statement.propertyNames()).containsExactly(kind.node()));
    }

    @Test
    void several_statements_are_parsed_in_order_and_blanks_are_none() {
        assertThat(tree("select 1; drop table t;").statements())
                .flatExtracting(JsonNode::propertyNames)
                .containsExactly("SelectStmt", "DropStmt");
        assertThat(tree(" -- nothing\n;").statements()).isEmpty();
        assertThat(tree("").statements()).isEmpty();
    }

    record Bad(String sql, String message, int offset) {}

    static List<Bad> bad() {
        return List.of(
                new Bad("selec 1", "syntax error at or near \"selec\"", 0),
                new Bad("select 1 form t", "syntax error at or near \"t\"", 14),
                new Bad("select 'é', 1 form t", "syntax error at or near \"t\"", 19),
                new Bad("select '😀é', 1 form t", "syntax error at or near \"t\"", 21),
                new Bad("select 1 from", "syntax error at end of input", 13),
                new Bad("select 'ü😀' from", "syntax error at end of input", 17),
                new Bad("select 'a", "unterminated quoted string at or near \"'a\"", 7),
                new Bad("select :id", "syntax error at or near \":\"", 7),
                new Bad("select '\0'", "the character U+0000 cannot stand in SQL", 8));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void an_error_is_at_its_index_in_the_text(Bad bad) {
        assertThat(Grammar.parse(bad.sql())).isInstanceOfSatisfying(SyntaxError.class, error -> {
            assertThat(error.message()).isEqualTo(bad.message());
            assertThat(error.offset()).isEqualTo(bad.offset());
        });
    }

    @Test
    void locations_in_the_tree_lead_to_the_text() {
        String sql = "select 'é😀', \"größe\" from t";
        SyntaxTree tree = tree(sql);
        JsonNode column = tree.statements().get(0).at("/SelectStmt/targetList/1/ResTarget/location");
        assertThat(tree.offset(column.asInt())).isEqualTo(sql.indexOf("\"größe"));
    }

    @Test
    void long_and_deep_statements_are_parsed() {
        String terms = "select 1" + "+1".repeat(300) + ", '" + "x".repeat(200_000) + "'";
        assertThat(tree(terms).statements()).hasSize(1);
        assertThat(tree("select " + "(".repeat(300) + "1" + ")".repeat(300)).statements())
                .hasSize(1);
    }

    static List<String> tooDeep() {
        int levels = 100_000;
        return List.of(
                "select " + "(select ".repeat(levels) + "1" + ")".repeat(levels),
                "select " + "(".repeat(levels) + "1" + ")".repeat(levels),
                "select 1" + "+1".repeat(levels),
                "select " + "not ".repeat(levels) + "a",
                "select 1" + " union select 1".repeat(levels),
                "select " + "case when a then ".repeat(levels) + "b" + " end".repeat(levels));
    }

    @ParameterizedTest
    @MethodSource("tooDeep")
    void a_statement_too_deep_for_the_parser_is_an_error_and_the_next_one_is_parsed(String sql) {
        assertThat(Grammar.parse(sql)).isInstanceOf(SyntaxError.class);
        assertThat(tree("select 1").statements()).hasSize(1);
    }

    @Test
    void how_deep_a_statement_may_be_does_not_depend_on_the_callers_stack() throws Exception {
        String sql = "select 1" + "+1".repeat(5_000);
        assertThat(tree(sql).statements()).hasSize(1);
        AtomicReference<ParseResult> result = new AtomicReference<>();
        Thread small = new Thread(null, () -> result.set(Grammar.parse(sql)), "small", 256 * 1024);
        small.start();
        small.join();
        assertThat(result.get()).isInstanceOf(SyntaxTree.class);
    }

    @Test
    void every_answer_is_that_of_the_library_before_it_was_compiled() {
        List<String> statements = lines("statements.txt");
        List<String> answers = lines("answers.txt");
        assertThat(answers).hasSameSizeAs(statements);
        LibpgQueryModule module = new LibpgQueryModule();
        for (int line = 0; line < statements.size(); line++) {
            LibpgQueryModule.Answer answer = module.parse(statements.get(line));
            String tree = answer.tree();
            String text = tree == null ? answer.character() + " " + answer.message() : tree;
            assertThat(Sha256.hex(text)).as(statements.get(line)).startsWith(answers.get(line));
        }
    }

    private static List<String> lines(String resource) {
        try (InputStream in = GrammarTest.class.getResourceAsStream("/sql/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void memory_stays_the_same_over_twenty_thousand_statements() {
        LibpgQueryModule module = new LibpgQueryModule();
        module.parse("begin");
        int pages = module.memoryPages();
        for (int round = 0; round < 20_000; round++) {
            boolean wrong = round % 4 == 0;
            assertThat(module.parse(wrong ? "x" : "begin").tree() == null).isEqualTo(wrong);
        }
        assertThat(module.memoryPages()).isEqualTo(pages);
    }

    @Test
    void errors_do_not_pile_up_and_the_parser_stays_small() {
        for (int round = 0; round < 1_000; round++) {
            assertThat(Grammar.parse("x")).isInstanceOf(SyntaxError.class);
            assertThat(Grammar.memoryPages()).isLessThanOrEqualTo(1024);
        }
        assertThat(tree("select '" + "x".repeat(10_000_000) + "'").statements()).hasSize(1);
        assertThat(Grammar.memoryPages()).isLessThanOrEqualTo(1024);
    }

    @Test
    void threads_get_the_trees_of_their_own_texts() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int task = 0; task < 200; task++) {
                String name = "t" + task;
                boolean wrong = task % 3 == 0;
                tasks.add(() -> matches(Grammar.parse("select * from " + name + (wrong ? " where" : "")), name, wrong));
            }
            for (Future<Boolean> answer : threads.invokeAll(tasks)) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean matches(ParseResult result, String table, boolean wrong) {
        if (result instanceof SyntaxTree tree) {
            String pointer = "/SelectStmt/fromClause/0/RangeVar/relname";
            return !wrong && tree.statements().get(0).at(pointer).asString().equals(table);
        }
        return wrong && ((SyntaxError) result).offset() == ("select * from " + table + " where").length();
    }

    private static SyntaxTree tree(String sql) {
        ParseResult result = Grammar.parse(sql);
        assertThat(result).isInstanceOf(SyntaxTree.class);
        return (SyntaxTree) result;
    }
}
