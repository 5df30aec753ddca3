package dev.pgattest.lint;

import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.ParseResult;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.sql.SqlLexer;
import dev.pgattest.sql.SqlStatement;
import dev.pgattest.sql.SqlToken;
import dev.pgattest.sql.SyntaxError;
import dev.pgattest.sql.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses statements. Variables of psql and placeholders of migration tools, which the grammar does not know, stand for names. */
final class StatementReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}\\n]*)\\}");
    private static final Pattern QUOTED_VARIABLE = Pattern.compile(":(?=['\"])");

    private StatementReader() {}

    /** A statement, or why the grammar refuses it, with its index in the file. */
    record Reading(Optional<Statement> statement, Optional<SyntaxError> error) {}

    static Reading read(SqlFile file, SqlStatement source, Statement.Inside inside) {
        ParseResult result = Grammar.parse(source.text());
        if (result instanceof SyntaxError) {
            String plain = withoutVariables(source.text());
            ParseResult again = plain.equals(source.text()) ? result : Grammar.parse(plain);
            result = again instanceof SyntaxTree ? again : result;
        }
        if (result instanceof SyntaxError error) {
            return new Reading(Optional.empty(), Optional.of(error.movedBy(source.start())));
        }
        SyntaxTree tree = (SyntaxTree) result;
        return new Reading(
                tree.statements().stream()
                        .findFirst()
                        .map(root ->
                                new Statement(file, source.start(), source.text(), tree, ParseNode.of(root), inside)),
                Optional.empty());
    }

    /** The same text, in length too, with names in place of {@code :variable} and <code>${placeholder}</code>. */
    private static String withoutVariables(String text) {
        String named = PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> "_".repeat(match.group().length()));
        StringBuilder plain = new StringBuilder(named);
        for (SqlToken token : variables(named)) {
            plain.setCharAt(token.start(), '_');
        }
        return QUOTED_VARIABLE.matcher(plain).replaceAll(" ");
    }

    private static List<SqlToken> variables(String text) {
        List<SqlToken> variables = new ArrayList<>();
        for (SqlToken token : SqlLexer.tokens(text).list()) {
            if (token.kind() == SqlToken.Kind.NAMED_PARAMETER) {
                variables.add(token);
            }
        }
        return variables;
    }
}
