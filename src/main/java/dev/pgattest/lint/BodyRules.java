package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rules about what stands in the bodies of blocks, functions and procedures. */
final class BodyRules {

    private static final Pattern DDL = Pattern.compile(
            "\\s*(create|alter|drop|truncate|reindex|cluster|vacuum|refresh|comment|grant|revoke)\\b.*",
            Pattern.DOTALL);

    static final List<LintRule> ALL = List.of(
            LintRule.error("concurrently-in-block")
                    .page(new Page(
                            "CONCURRENTLY in a DO block, a function or a procedure",
                            "A block runs in a transaction, and what works concurrently needs several of its own: the statement fails when "
                                    + "it is reached, also when EXECUTE runs it.",
                            "Write the statement into the script itself, outside of a transaction. Let a condition on the catalog, if there "
                                    + "must be one, be decided by the program that runs the script.",
                            "Manual, CREATE INDEX: it cannot be executed inside a transaction block."))
                    .provedBy(new Proof.Fails("25001"))
                    .alsoInRoutines()
                    .checks(BodyRules::concurrently),
            LintRule.warning("dynamic-ddl")
                    .page(new Page(
                            "EXECUTE of a change whose text is put together when it runs",
                            "No one who reads the script, and no check of it, sees what will be changed and which locks that takes.",
                            "Write the statement out. Where it must be dynamic, use format() with %I and %L around a constant text: it is "
                                    + "then checked with names in the place of what is unknown.",
                            "This linter's own limit: it reads text, it runs nothing."))
                    .provedBy(new Proof.Unprovable("it is about what cannot be known before the statement runs"))
                    .alsoInRoutines()
                    .checks(BodyRules::dynamic));

    private BodyRules() {}

    private static void concurrently(Visit visit) {
        if (!visit.statement().isInBody()) {
            return;
        }
        String where = visit.statement().inside() == Statement.Inside.BLOCK ? "a DO block" : "a function or procedure";
        ConcurrentCommand.of(visit.statement())
                .ifPresent(command -> visit.find(
                                command.words() + " fails inside of " + where + ", which runs in a transaction")
                        .remedy("-- in the script itself, outside of BEGIN and DO:\n"
                                + visit.statement().text().strip() + ";")
                        .add());
    }

    private static void dynamic(Visit visit) {
        String text = visit.statement().text().toLowerCase(Locale.ROOT);
        if (visit.is(PlpgsqlBody.DYNAMIC) && DDL.matcher(text).matches()) {
            visit.find("EXECUTE runs a text that is put together at run time, so nobody can check what it changes")
                    .remedy("write the statement out, or build it with format() and %I from a constant text")
                    .add();
        }
    }
}
