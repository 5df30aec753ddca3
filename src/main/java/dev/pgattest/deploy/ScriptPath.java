package dev.pgattest.deploy;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.deploy.PathItem.IndexPlace;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts the scripts between two states into steps. Consecutive changes of the schema become one transaction. What reads or writes rows
 * gets one of its own, so that no lock of a schema change is held while it runs. Statements about indexes are left out: they are
 * decided by comparing the catalogs. Settings are repeated in every transaction that they hold in.
 */
public final class ScriptPath {

    private final PlanSettings settings;
    private final ScriptSettings session = new ScriptSettings();
    private final List<PathItem> items = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<QualifiedName> madeByScript = new LinkedHashSet<>();
    private final List<PathItem> afterTransaction = new ArrayList<>();
    private ScriptGroup group = new ScriptGroup();
    private boolean explicit;

    private ScriptPath(PlanSettings settings) {
        this.settings = settings;
    }

    /** What the statements do, in order; or a problem for each statement that no deployment can run. */
    public static Result<List<PathItem>> of(List<ScriptStatement> statements, PlanSettings settings) {
        ScriptPath path = new ScriptPath(settings);
        statements.forEach(path::add);
        path.flush();
        return path.problems.isEmpty() ? Result.of(List.copyOf(path.items)) : Result.rejected(path.problems);
    }

    private void add(ScriptStatement statement) {
        ParseNode node = statement.node();
        switch (ScriptStatement.role(node)) {
            case INDEX -> index(new IndexPlace(statement.made()));
            case INDEX_GONE -> {}
            case INDEX_COMMENT -> comment(statement, node);
            case SETTING -> set(statement, node);
            case RESET -> reset(statement, node);
            case BEGIN -> {
                flush();
                explicit = true;
            }
            case COMMIT -> {
                explicit = false;
                flush();
            }
            case SCHEMA -> inGroup(statement, node, StepKind.SCRIPT);
            case LAST_OF_TRANSACTION -> {
                inGroup(statement, node, StepKind.SCRIPT);
                flushUnlessExplicit();
            }
            case ROWS -> alone(statement, node, StepKind.DATA);
            case REFRESH -> alone(statement, node, StepKind.REFRESH);
            case ANALYZE -> analyze(statement, node);
            case REPEATABLE -> repeatable(statement, node);
            case REFUSED -> refuse(statement);
        }
    }

    private void index(IndexPlace place) {
        if (explicit) {
            afterTransaction.add(place);
        } else {
            flush();
            items.add(place);
        }
    }

    /** An index of a script's own table, such as its primary key, is commented on by the script. */
    private void comment(ScriptStatement statement, ParseNode node) {
        List<String> names = node.child("object").names("items");
        boolean ofScript = madeByScript.stream()
                .anyMatch(made -> made.name().equals(names.isEmpty() ? "" : names.get(names.size() - 1)));
        if (ofScript) {
            inGroup(statement, node, StepKind.SCRIPT);
        }
    }

    private void set(ScriptStatement statement, ParseNode node) {
        boolean local = node.flag("is_local");
        if (local && !explicit) {
            return;
        }
        if (!local) {
            session.set(node, statement.text());
        }
        if (!group.isEmpty() || explicit) {
            group.addSetting(local ? statement.text() : ScriptSettings.local(statement.text()));
        }
    }

    private void reset(ScriptStatement statement, ParseNode node) {
        session.reset(node);
        if (!group.isEmpty()) {
            group.addSetting(statement.text());
        }
    }

    private void inGroup(ScriptStatement statement, ParseNode node, StepKind kind) {
        if (group.isEmpty()) {
            session.inForce().forEach(each -> group.addSetting(ScriptSettings.local(each)));
        }
        group.add(statement, node, kind);
        madeByScript.addAll(statement.made());
    }

    private void alone(ScriptStatement statement, ParseNode node, StepKind kind) {
        flushUnlessExplicit();
        inGroup(statement, node, kind);
        flushUnlessExplicit();
    }

    private void analyze(ScriptStatement statement, ParseNode node) {
        if (!group.isOnly(StepKind.ANALYZE)) {
            flushUnlessExplicit();
        }
        inGroup(statement, node, StepKind.ANALYZE);
    }

    private void repeatable(ScriptStatement statement, ParseNode node) {
        flush();
        session.inForce().forEach(group::addSetting);
        group.add(statement, node, StepKind.REPEATABLE);
        flush();
    }

    private void refuse(ScriptStatement statement) {
        problems.add(new Problem(
                statement.file(),
                statement.line(),
                1,
                "a deployment cannot run this statement: it may not stand in a transaction, so that a crash would leave it"
                        + " unknown whether it has run",
                "run it by hand, outside of the state's script"));
    }

    private void flushUnlessExplicit() {
        if (!explicit) {
            flush();
        }
    }

    private void flush() {
        group.script(settings).ifPresent(items::add);
        group = new ScriptGroup();
        items.addAll(afterTransaction);
        afterTransaction.clear();
    }
}
