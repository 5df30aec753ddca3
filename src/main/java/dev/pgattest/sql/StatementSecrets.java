package dev.pgattest.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds passwords in statements: of roles, in the options of user mappings, servers and the like, in the connection of a subscription, in
 * settings, and in connection strings and statements that stand in constants and in bodies of routines.
 */
public final class StatementSecrets {

    private final String sql;
    private final List<SqlToken> tokens;
    private final Set<Integer> secret = new HashSet<>();

    private StatementSecrets(String sql) {
        this.sql = sql;
        this.tokens = SqlLexer.tokens(sql).list();
    }

    /** The statement with {@code '***'} in place of each; the very text when there are none. */
    public static String hide(String sql) {
        if (!SecretText.mayBeIn(sql)) {
            return sql;
        }
        StatementSecrets secrets = new StatementSecrets(sql);
        if (Grammar.parse(sql) instanceof SyntaxTree tree) {
            tree.statements().forEach(statement -> secrets.mark(ParseNode.of(statement), tree));
        } else {
            secrets.markByWords();
        }
        return secrets.hidden();
    }

    /** Whether there are any. */
    public static boolean has(String sql) {
        return !hide(sql).equals(sql);
    }

    private void mark(ParseNode statement, SyntaxTree tree) {
        for (ParseNode option : statement.all("DefElem")) {
            if (SecretText.isSecret(option.text("defname"))
                    && option.child("arg").is("String")) {
                option.location().ifPresent(location -> markNextString(tree.offset(location)));
            }
        }
        for (ParseNode set : List.of(statement, statement.child("setstmt"))) {
            if (set.text("kind").equals("VAR_SET_VALUE") && SecretText.isSecret(last(set.text("name")))) {
                set.all("A_Const")
                        .forEach(constant ->
                                constant.location().ifPresent(location -> markNextString(tree.offset(location))));
            }
        }
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void markNextString(int from) {
        for (SqlToken token : tokens) {
            if (token.start() >= from && isString(token)) {
                secret.add(token.start());
                return;
            }
        }
    }

    private static boolean isString(SqlToken token) {
        return token.kind() == SqlToken.Kind.STRING || token.kind() == SqlToken.Kind.DOLLAR_STRING;
    }

    /** What a body says is not in the tree, and neither is what this grammar cannot read. */
    private void markByWords() {
        List<SqlToken> spoken =
                tokens.stream().filter(token -> !token.kind().isBlank()).toList();
        for (int index = 1; index < spoken.size(); index++) {
            int before = index - 1;
            boolean assigned = spoken.get(before).kind() == SqlToken.Kind.OPERATOR;
            int name = assigned ? before - 1 : before;
            if (isString(spoken.get(index))
                    && name >= 0
                    && spoken.get(name).kind() == SqlToken.Kind.WORD
                    && SecretText.isSecret(spoken.get(name).text(sql))) {
                secret.add(spoken.get(index).start());
            }
        }
    }

    private String hidden() {
        List<String> pieces = new ArrayList<>();
        for (SqlToken token : tokens) {
            String text = token.text(sql);
            if (secret.contains(token.start())) {
                pieces.add("'" + SecretText.HIDDEN + "'");
            } else if (token.kind() == SqlToken.Kind.STRING) {
                pieces.add(SecretText.cleanConstant(text));
            } else if (token.kind() == SqlToken.Kind.DOLLAR_STRING) {
                pieces.add(body(text));
            } else if (token.kind() == SqlToken.Kind.LINE_COMMENT || token.kind() == SqlToken.Kind.BLOCK_COMMENT) {
                pieces.add(SecretText.clean(text));
            } else {
                pieces.add(text);
            }
        }
        return String.join("", pieces);
    }

    private static String body(String dollarString) {
        int tag = dollarString.indexOf('$', 1) + 1;
        if (dollarString.length() < 2 * tag) {
            return dollarString;
        }
        StatementSecrets inner = new StatementSecrets(dollarString.substring(tag, dollarString.length() - tag));
        inner.markByWords();
        return dollarString.substring(0, tag) + inner.hidden() + dollarString.substring(dollarString.length() - tag);
    }
}
