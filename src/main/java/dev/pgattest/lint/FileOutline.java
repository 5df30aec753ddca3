package dev.pgattest.lint;

import dev.pgattest.Lines;
import dev.pgattest.Place;
import dev.pgattest.lint.Suppressions.Suppression;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlScript;
import dev.pgattest.sql.SqlStatement;
import dev.pgattest.sql.SqlTokens;
import dev.pgattest.sql.SyntaxError;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a file before its statements are read. Its tokens, ten times as large as its text, are not kept.
 *
 * @param file the file
 * @param lines where its lines begin
 * @param statements its statements, in order
 * @param parts what runs by itself, in order
 * @param suppressions what its comments allow
 * @param around what stands around the statements
 * @param openComment a comment that is never closed; what is opened in a statement is the grammar's to find
 */
record FileOutline(
        SqlFile file,
        Lines lines,
        List<SqlStatement> statements,
        List<Part> parts,
        List<Suppression> suppressions,
        Surroundings around,
        Optional<SyntaxError> openComment) {

    /** The outline of a file; {@code wrapped} is whether the runner of the files puts each into a transaction. */
    static FileOutline of(SqlFile file, boolean wrapped) {
        SqlTokens tokens = SqlLexer.tokens(file.text());
        Lines lines = Lines.of(file.text());
        List<SqlStatement> statements = SqlScript.statements(tokens, lines);
        return new FileOutline(
                file,
                lines,
                statements,
                FileParts.of(file, tokens, statements, wrapped),
                Suppressions.of(file, tokens, statements),
                Surroundings.of(tokens, statements),
                tokens.error().filter(error -> tokens.sql().startsWith("/*", error.offset())));
    }

    /** The statements of a part. */
    List<SqlStatement> of(Part part) {
        return parts.size() == 1
                ? statements
                : statements.stream().filter(each -> part.holds(each.start())).toList();
    }

    /** The statement that begins at a place. */
    Optional<SqlStatement> statementAt(int start) {
        int found = Collections.binarySearch(
                statements, new SqlStatement("", start, Place.START), Comparator.comparingInt(SqlStatement::start));
        return found < 0 ? Optional.empty() : Optional.of(statements.get(found));
    }

    /** Which part a place belongs to. */
    int partAt(int offset) {
        for (int index = parts.size() - 1; index > 0; index--) {
            if (parts.get(index).holds(offset)) {
                return index;
            }
        }
        return 0;
    }
}
