package dev.pgattest.lint;

import dev.pgattest.lint.LintRule.Page;
import java.util.List;

/** Rules about files as such. {@link FileLint} raises their findings, for it knows what could not be read and what was suppressed. */
final class FileRules {

    static final LintRule SYNTAX_ERROR = LintRule.error("syntax-error")
            .page(new Page(
                    "A statement that PostgreSQL's grammar does not accept",
                    "The statement fails, and with it what the runner of the file does with a failure: half a migration, or a rollback.",
                    "Correct the statement at the place where the grammar stopped. Every other statement of the file is still checked.",
                    "PostgreSQL 18's own grammar; an older server may accept less."))
            .provedBy(new Proof.Fails("42601"))
            .checks(visit -> {});

    static final LintRule UNUSED_SUPPRESSION = LintRule.warning("unused-suppression")
            .page(new Page(
                    "A pgattest:allow comment that allows nothing, or gives no reason",
                    "It looks as if a risk had been weighed, where there is none, or no one wrote down why it is accepted.",
                    "Remove the comment, correct the rule's id, or add the reason behind a colon.",
                    "This linter's own rule for its comments."))
            .provedBy(new Proof.Unprovable("it is about a comment, which no server reads"))
            .checks(visit -> {});

    static final LintRule INVALID_UTF8 = LintRule.error("invalid-utf8")
            .page(new Page(
                    "Bytes that are no UTF-8",
                    "The server refuses them, or a client with another encoding writes other letters than were meant.",
                    "Save the file with the encoding UTF-8.",
                    "Manual, \"Character Set Support\"."))
            .provedBy(new Proof.Unprovable(
                    "an example would be no text; a server answers such bytes with SQLSTATE 22021"))
            .checksFiles(FileRules::invalidUtf8);

    static final List<LintRule> ALL = List.of(SYNTAX_ERROR, INVALID_UTF8, UNUSED_SUPPRESSION);

    private FileRules() {}

    /** Reading has put U+FFFD in place of what is no UTF-8. */
    private static void invalidUtf8(FileEnd end) {
        int at = end.file().text().indexOf('\uFFFD');
        if (at >= 0) {
            end.find("here is a byte that is no UTF-8, or the character U+FFFD that an earlier mistake left")
                    .at(at, at + 1)
                    .remedy("save the file with the encoding UTF-8")
                    .add();
        }
    }
}
