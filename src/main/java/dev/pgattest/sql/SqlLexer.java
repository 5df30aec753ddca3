package dev.pgattest.sql;

import dev.pgattest.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits SQL into tokens as PostgreSQL's scanner does (scan.l, with {@code standard_conforming_strings} on), and knows
 * {@code :named} parameters besides.
 *
 * <p>A colon and a name are a parameter unless something stands directly before them that can end an operand or is a colon: in
 * {@code a[1:n]}, {@code a[lo:hi]}, {@code f(x)[i]:n}, {@code 'key':value} and {@code x::type} there is none. A space before
 * the colon makes it one: {@code a[1 :n]}.
 */
public final class SqlLexer {

    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
    private static final String CHARACTERS_THAT_KEEP_A_SIGN = "~!@#^&|`?%";
    private static final Set<Kind> OPERANDS = Set.of(
            Kind.WORD,
            Kind.QUOTED_IDENTIFIER,
            Kind.STRING,
            Kind.DOLLAR_STRING,
            Kind.NUMBER,
            Kind.NAMED_PARAMETER,
            Kind.NUMBERED_PARAMETER,
            Kind.CLOSE_PARENTHESIS);

    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private @Nullable SyntaxError unterminated;
    private int position;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    /** The tokens of a text, which may hold any number of statements. */
    public static SqlTokens tokens(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        CopyFromStdin copy = new CopyFromStdin(sql);
        while (lexer.position < sql.length()) {
            int start = lexer.position;
            Kind kind = lexer.next();
            SqlToken token = new SqlToken(kind, start, lexer.position);
            lexer.tokens.add(token);
            if (copy.isEndedBy(token)) {
                lexer.addCopyData(copy.endOfData(lexer.position));
            }
        }
        return new SqlTokens(sql, lexer.tokens, lexer.unterminated);
    }

    private void addCopyData(int end) {
        if (end > position) {
            tokens.add(new SqlToken(Kind.COPY_DATA, position, end));
            position = end;
        }
    }

    /** Moves behind the token that begins here. */
    private Kind next() {
        char first = sql.charAt(position);
        if (isSpace(first)) {
            skipWhile(SqlLexer::isSpace);
            return Kind.WHITESPACE;
        }
        if (sql.startsWith("--", position)) {
            skipLine();
            return Kind.LINE_COMMENT;
        }
        if (sql.startsWith("/*", position)) {
            return blockComment();
        }
        if (isNameStart(first)) {
            return wordOrPrefixedQuote();
        }
        if (isDigit(first) || (first == '.' && isDigit(at(position + 1)))) {
            return number();
        }
        return OPERATOR_CHARACTERS.indexOf(first) >= 0 ? operator() : quoteOrPunctuation(first);
    }

    private Kind quoteOrPunctuation(char first) {
        return switch (first) {
            case '\'' -> string(position, false);
            case '"' -> quotedIdentifier(position);
            case '$' -> dollar();
            case ':' -> colon();
            case '\\' -> metaCommand();
            case ';' -> single(Kind.SEMICOLON);
            case '(' -> single(Kind.OPEN_PARENTHESIS);
            case ')' -> single(Kind.CLOSE_PARENTHESIS);
            case '.' -> {
                position += at(position + 1) == '.' ? 2 : 1;
                yield Kind.PUNCTUATION;
            }
            default -> single(Kind.PUNCTUATION);
        };
    }

    private Kind single(Kind kind) {
        position++;
        return kind;
    }

    private Kind wordOrPrefixedQuote() {
        int start = position;
        char second = at(start + 1);
        switch (Character.toLowerCase(sql.charAt(start))) {
            case 'e', 'b', 'x', 'n' -> {
                if (second == '\'') {
                    position++;
                    return string(start, Character.toLowerCase(sql.charAt(start)) == 'e');
                }
            }
            case 'u' -> {
                char third = at(start + 2);
                if (second == '&' && (third == '\'' || third == '"')) {
                    position += 2;
                    return third == '"' ? quotedIdentifier(start) : string(start, false);
                }
            }
            default -> {}
        }
        skipWhile(SqlLexer::isNamePart);
        return Kind.WORD;
    }

    /** A string whose opening quote is here, up to the end of its last continuation. */
    private Kind string(int start, boolean backslashes) {
        do {
            if (!skipQuoted('\'', backslashes)) {
                return unterminated(Kind.STRING, start, "quoted string");
            }
        } while (moveToContinuation());
        return Kind.STRING;
    }

    private Kind quotedIdentifier(int start) {
        return skipQuoted('"', false)
                ? Kind.QUOTED_IDENTIFIER
                : unterminated(Kind.QUOTED_IDENTIFIER, start, "quoted identifier");
    }

    /** Moves behind the closing quote; a doubled one stands for itself. False when there is none. */
    private boolean skipQuoted(char quote, boolean backslashes) {
        for (int index = position + 1; index < sql.length(); index++) {
            char current = sql.charAt(index);
            if (backslashes && current == '\\') {
                index++;
            } else if (current == quote && at(index + 1) == quote) {
                index++;
            } else if (current == quote) {
                position = index + 1;
                return true;
            }
        }
        return false;
    }

    /** SQL joins strings with a line feed between them; what is E'...' stays so in the next one. */
    private boolean moveToContinuation() {
        int index = position;
        boolean newLine = false;
        while (isSpace(at(index)) || sql.startsWith("--", index)) {
            if (isSpace(at(index))) {
                newLine |= at(index) == '\n' || at(index) == '\r';
                index++;
            } else {
                index = endOfLine(index);
            }
        }
        if (!newLine || at(index) != '\'') {
            return false;
        }
        position = index;
        return true;
    }

    private Kind dollar() {
        int start = position;
        if (isDigit(at(start + 1))) {
            position++;
            skipWhile(SqlLexer::isDigit);
            return Kind.NUMBERED_PARAMETER;
        }
        int index = start + 1;
        if (isNameStart(at(index))) {
            while (isNamePart(at(index)) && at(index) != '$') {
                index++;
            }
        }
        if (at(index) != '$') {
            return single(Kind.PUNCTUATION);
        }
        String delimiter = sql.substring(start, index + 1);
        int close = sql.indexOf(delimiter, index + 1);
        if (close < 0) {
            return unterminated(Kind.DOLLAR_STRING, start, "dollar-quoted string");
        }
        position = close + delimiter.length();
        return Kind.DOLLAR_STRING;
    }

    private Kind colon() {
        char second = at(position + 1);
        if (second == ':' || second == '=') {
            position += 2;
            return Kind.PUNCTUATION;
        }
        boolean named = Character.isLetter(second) || second == '_';
        position++;
        if (!named || followsOperandOrColon()) {
            return Kind.PUNCTUATION;
        }
        skipWhile(character -> Character.isLetterOrDigit(character) || character == '_');
        return Kind.NAMED_PARAMETER;
    }

    private boolean followsOperandOrColon() {
        if (tokens.isEmpty()) {
            return false;
        }
        SqlToken before = tokens.get(tokens.size() - 1);
        char last = sql.charAt(before.end() - 1);
        return OPERANDS.contains(before.kind()) || (before.kind() == Kind.PUNCTUATION && (last == ']' || last == ':'));
    }

    private Kind number() {
        boolean otherBase =
                at(position) == '0' && "xobXOB".indexOf(at(position + 1)) >= 0 && isHexadecimal(at(position + 2));
        if (otherBase) {
            position += 2;
            skipWhile(character -> isHexadecimal(character) || character == '_');
            return Kind.NUMBER;
        }
        skipWhile(character -> isDigit(character) || character == '_');
        // In "1..10" the number is 1.
        if (at(position) == '.' && at(position + 1) != '.') {
            position++;
            skipWhile(character -> isDigit(character) || character == '_');
        }
        if (at(position) == 'e' || at(position) == 'E') {
            int digits = position + (at(position + 1) == '+' || at(position + 1) == '-' ? 2 : 1);
            if (isDigit(at(digits))) {
                position = digits;
                skipWhile(character -> isDigit(character) || character == '_');
            }
        }
        return Kind.NUMBER;
    }

    /** An operator ends before a comment, and with a sign only when it holds a character that standard SQL's operators don't. */
    private Kind operator() {
        int start = position;
        int end = start;
        boolean keepsSign = false;
        while (end < sql.length() && OPERATOR_CHARACTERS.indexOf(sql.charAt(end)) >= 0) {
            if (sql.startsWith("--", end) || sql.startsWith("/*", end)) {
                break;
            }
            keepsSign |= CHARACTERS_THAT_KEEP_A_SIGN.indexOf(sql.charAt(end)) >= 0;
            end++;
        }
        while (!keepsSign && end > start + 1 && (sql.charAt(end - 1) == '+' || sql.charAt(end - 1) == '-')) {
            end--;
        }
        position = end;
        return Kind.OPERATOR;
    }

    private Kind blockComment() {
        int start = position;
        int depth = 0;
        do {
            if (sql.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (sql.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0 && position < sql.length());
        return depth > 0 ? unterminated(Kind.BLOCK_COMMENT, start, "/* comment") : Kind.BLOCK_COMMENT;
    }

    private Kind unterminated(Kind kind, int start, String what) {
        unterminated = new SyntaxError("unterminated " + what, "Close what is opened here.", start);
        position = sql.length();
        return kind;
    }

    /** psql reads a command to the end of its line; SQL has no use for a backslash outside of quotes. */
    private Kind metaCommand() {
        if (at(position + 1) == ';') {
            position += 2;
            return Kind.SEMICOLON;
        }
        skipLine();
        return Kind.META_COMMAND;
    }

    private void skipLine() {
        position = endOfLine(position);
    }

    private int endOfLine(int from) {
        int index = from;
        while (index < sql.length() && sql.charAt(index) != '\n' && sql.charAt(index) != '\r') {
            index++;
        }
        return index;
    }

    private void skipWhile(CharacterTest test) {
        while (position < sql.length() && test.accepts(sql.charAt(position))) {
            position++;
        }
    }

    /** U+0000 behind the end; it is not part of any token but a lone one. */
    private char at(int index) {
        return index < sql.length() ? sql.charAt(index) : '\0';
    }

    private static boolean isSpace(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isHexadecimal(char character) {
        return Character.digit(character, 16) >= 0 && character < 0x80;
    }

    private static boolean isNameStart(char character) {
        return character == '_' || character >= 0x80 || ((character | 0x20) >= 'a' && (character | 0x20) <= 'z');
    }

    private static boolean isNamePart(char character) {
        return isNameStart(character) || isDigit(character) || character == '$';
    }

    private interface CharacterTest {
        boolean accepts(char character);
    }
}
