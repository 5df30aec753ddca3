package dev.pgattest.lint;

import dev.pgattest.Utf8;
import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about files as changes: the names in them and the undo beside them. */
final class ScriptRules {

    static final List<LintRule> ALL = List.of(
            LintRule.warning("identifier-too-long")
                    .page(new Page(
                            "A name of more than 63 bytes",
                            "PostgreSQL cuts it off at 63 bytes of UTF-8, with no more than a notice. Two names that begin alike become"
                                    + " one: the second statement fails, or with IF NOT EXISTS does nothing.",
                            "Choose a shorter name. Letters outside of ASCII take two bytes and more.",
                            "Manual, \"Identifiers and Key Words\"."))
                    .provedBy(new Proof.Shows(
                            "an index has a name of 63 bytes that nobody wrote",
                            "select exists (select from pg_class where octet_length(relname::text) = 63)"))
                    .checksFiles(ScriptRules::longNames),
            LintRule.warning("missing-undo")
                    .page(new Page(
                            "A change without an undo script",
                            "When the change has to be taken back, somebody writes the script in a hurry.",
                            "Add the script that takes it back: U2__name.sql beside V2__name.sql, 2_name.down.sql beside"
                                    + " 2_name.up.sql, or the part of the same file that the tool runs backwards. The rule asks only where the"
                                    + " project does (require_undo); repeatable scripts are exempt.",
                            "A project's own decision."))
                    .provedBy(new Proof.Unprovable("it is about a file that is not there"))
                    .checksFiles(ScriptRules::undo));

    /** How tools that keep both directions in one file mark the way back. */
    private static final List<String> UNDO_MARKS =
            List.of("migrate:down", "+goose down", "+migrate down", "rollback ", "//@undo");

    private ScriptRules() {}

    private static void longNames(FileEnd end) {
        Map<String, SqlToken> names = longNames(end.file());
        if (names.isEmpty()) {
            return;
        }
        names.forEach((name, token) -> {
            String kept = cut(name);
            String twin = namesUpTo(end)
                    .filter(other -> !other.equals(name) && cut(other).equals(kept))
                    .findFirst()
                    .orElse("");
            end.find("the name " + name + " has " + Utf8.length(name) + " bytes, PostgreSQL keeps 63: " + kept
                            + (twin.isEmpty() ? "" : ", which is also what it makes of " + twin))
                    .at(token.start(), token.end())
                    .remedy("choose a name of at most 63 bytes")
                    .add();
        });
    }

    /** The long names of this file and of those before it. */
    private static Stream<String> namesUpTo(FileEnd end) {
        List<SqlFile> files = end.input().files();
        int last = files.indexOf(end.file());
        return files.subList(0, last + 1).stream()
                .flatMap(file -> Stream.concat(longNames(file).keySet().stream(), fullNames(file)));
    }

    /** Names of a file that are longer than what PostgreSQL keeps, with the first place of each. */
    private static Map<String, SqlToken> longNames(SqlFile file) {
        Map<String, SqlToken> names = new LinkedHashMap<>();
        for (SqlToken token : names(file)) {
            name(file, token).filter(name -> !Identifier.fits(name)).ifPresent(name -> names.putIfAbsent(name, token));
        }
        return names;
    }

    /** Names of the length that longer ones are cut to; a character has four bytes at most. */
    private static Stream<String> fullNames(SqlFile file) {
        return names(file).stream()
                .flatMap(token -> name(file, token).stream())
                .filter(name -> Identifier.fits(name) && Utf8.length(name) > Identifier.LONGEST_BYTES - 4);
    }

    private static List<SqlToken> names(SqlFile file) {
        return SqlLexer.tokens(file.text()).list().stream()
                .filter(token -> token.end() - token.start() > Identifier.LONGEST_BYTES / 4)
                .filter(token -> token.kind() == SqlToken.Kind.WORD || token.kind() == SqlToken.Kind.QUOTED_IDENTIFIER)
                .toList();
    }

    private static Optional<String> name(SqlFile file, SqlToken token) {
        return QualifiedName.parse(token.text(file.text())).map(QualifiedName::name);
    }

    /** What PostgreSQL keeps: whole characters, at most 63 bytes. */
    private static String cut(String name) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int next = end + Character.charCount(name.codePointAt(end));
            bytes += Utf8.length(name.substring(end, next));
            if (bytes > Identifier.LONGEST_BYTES) {
                break;
            }
            end = next;
        }
        return name.substring(0, end);
    }

    private static void undo(FileEnd end) {
        MigrationName name = MigrationName.of(end.file().path());
        if (!end.settings().requireUndo()
                || name.undo()
                || name.repeatable()
                || end.outline().statements().isEmpty()
                || marksUndo(end.file())) {
            return;
        }
        boolean undone = end.input().files().stream()
                .anyMatch(file -> MigrationName.of(file.path()).undoes(name));
        if (!undone) {
            end.find("no script takes back what " + end.file().path() + " does")
                    .remedy("add the script that undoes it beside this file")
                    .add();
        }
    }

    private static boolean marksUndo(SqlFile file) {
        return SqlLexer.tokens(file.text()).list().stream()
                .filter(token -> token.kind() == SqlToken.Kind.LINE_COMMENT)
                .map(token -> token.text(file.text()).substring(2).strip().toLowerCase(Locale.ROOT))
                .anyMatch(comment -> UNDO_MARKS.stream().anyMatch(comment::startsWith));
    }
}
