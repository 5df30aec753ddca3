package dev.pgattest.lint;

import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.SyntaxTree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text that {@code EXECUTE} runs, as far as it is known before: constants, and names in the place of what is not. */
final class DynamicText {

    private static final String TEXT = "_text_";
    private static final String NAME = "_name_";
    private static final String VALUE = "'_'";
    private static final Pattern PLACEHOLDER =
            Pattern.compile("%(?:%|(?:(\\d+)\\$)?-?(?:\\d+|\\*(?:\\d+\\$)?)?([sIL]))");

    private DynamicText() {}

    /** The text of an expression: a constant, a concatenation, or a call of {@code concat()} or {@code format()}. */
    static Optional<String> of(String expression) {
        return Grammar.parse("select " + expression) instanceof SyntaxTree tree
                ? tree.statements().stream()
                        .findFirst()
                        .map(ParseNode::of)
                        .flatMap(select -> select.list("targetList").stream().findFirst())
                        .map(target -> text(target.child("val")))
                : Optional.empty();
    }

    private static String text(ParseNode node) {
        Optional<String> constant = node.constant();
        if (constant.isPresent()) {
            return constant.get();
        }
        if (node.is("A_Expr") && node.names("name").equals(List.of("||"))) {
            return text(node.child("lexpr")) + text(node.child("rexpr"));
        }
        List<String> function = node.names("funcname");
        List<ParseNode> arguments = node.list("args");
        if (function.isEmpty() || arguments.isEmpty()) {
            return TEXT;
        }
        return switch (function.get(function.size() - 1)) {
            case "format" -> formatted(text(arguments.get(0)), arguments.subList(1, arguments.size()));
            case "concat" -> arguments.stream().map(DynamicText::text).collect(Collectors.joining());
            case "concat_ws" ->
                arguments.subList(1, arguments.size()).stream()
                        .map(DynamicText::text)
                        .collect(Collectors.joining(text(arguments.get(0))));
            case "quote_ident" -> argument(arguments.get(0), "I");
            case "quote_literal", "quote_nullable" -> argument(arguments.get(0), "L");
            case "lower", "upper", "trim", "btrim" -> text(arguments.get(0));
            default -> TEXT;
        };
    }

    private static String formatted(String template, List<ParseNode> arguments) {
        StringBuilder text = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(template);
        int next = 0;
        while (matcher.find()) {
            String kind = matcher.group(2);
            String replacement = "%";
            if (kind != null) {
                int index = matcher.group(1) == null ? next : Integer.parseInt(matcher.group(1)) - 1;
                next = index + 1;
                boolean given = index >= 0 && index < arguments.size();
                replacement = given ? argument(arguments.get(index), kind) : unknown(kind);
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(replacement));
        }
        return matcher.appendTail(text).toString();
    }

    private static String argument(ParseNode argument, String kind) {
        String text = text(argument);
        if (text.contains(TEXT)) {
            return unknown(kind);
        }
        return switch (kind) {
            case "I" -> text.isEmpty() ? NAME : Identifier.quote(text);
            case "L" -> Literal.quote(text);
            default -> text;
        };
    }

    private static String unknown(String kind) {
        return switch (kind) {
            case "I" -> NAME;
            case "L" -> VALUE;
            default -> TEXT;
        };
    }
}
