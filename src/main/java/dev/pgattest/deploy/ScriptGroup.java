package dev.pgattest.deploy;

import dev.pgattest.deploy.PathItem.Script;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements of a script that are run together. */
final class ScriptGroup {

    /** What reads the whole table, or writes it anew, under a lock that stops writers. */
    private static final Set<String> LONG_CHANGES = Set.of(
            "AT_AlterColumnType",
            "AT_SetNotNull",
            "AT_SetTableSpace",
            "AT_SetLogged",
            "AT_SetUnLogged",
            "AT_ValidateConstraint");

    private final List<String> statements = new ArrayList<>();
    private final List<String> pending = new ArrayList<>();
    private final List<StatementObjects> objects = new ArrayList<>();
    private final Set<QualifiedName> made = new LinkedHashSet<>();
    private final Set<QualifiedName> removed = new LinkedHashSet<>();
    private final Set<StepKind> kinds = EnumSet.noneOf(StepKind.class);
    private final Set<Hazard> hazards = EnumSet.noneOf(Hazard.class);
    private String place = "";

    /** Takes effect before the next statement; at the end of the group it would be of no use. */
    void addSetting(String text) {
        pending.add(text);
    }

    void add(ScriptStatement statement, ParseNode node, StepKind kind) {
        if (kinds.isEmpty()) {
            place = statement.place();
        }
        statements.addAll(pending);
        pending.clear();
        statements.add(statement.text());
        StatementObjects touched = StatementObjects.of(node);
        objects.add(touched);
        if (kind != StepKind.ANALYZE) {
            hazards.add(Hazard.SCRIPT);
        }
        if (isLong(node)) {
            hazards.add(Hazard.LONG_LOCK);
        }
        made.addAll(statement.made());
        removed.addAll(statement.removed());
        kinds.add(kind);
    }

    /** Whether no statement but settings are in it. */
    boolean isEmpty() {
        return kinds.isEmpty();
    }

    boolean isOnly(StepKind kind) {
        return kinds.equals(EnumSet.of(kind));
    }

    private boolean isLong(ParseNode node) {
        if (node.is("RefreshMatViewStmt")) {
            return !node.flag("concurrent");
        }
        return node.is("ClusterStmt")
                || (node.is("AlterTableStmt") && node.list("cmds").stream().anyMatch(ScriptGroup::isLongChange));
    }

    private static boolean isLongChange(ParseNode command) {
        ParseNode definition = command.child("def");
        boolean validates = command.text("subtype").equals("AT_AddConstraint")
                && !definition.flag("skip_validation")
                && Set.of("CONSTR_CHECK", "CONSTR_FOREIGN", "CONSTR_EXCLUSION").contains(definition.text("contype"));
        return validates || LONG_CHANGES.contains(command.text("subtype"));
    }

    /** The step; empty when there is nothing to run. */
    Optional<Script> script(PlanSettings settings) {
        if (isEmpty()) {
            return Optional.empty();
        }
        StepKind kind = kinds.size() == 1 ? kinds.iterator().next() : StepKind.SCRIPT;
        Step step = new Step(
                kind,
                Step.Subject.script(place),
                statements,
                kind == StepKind.SCRIPT ? settings.ofShortStep() : settings.ofLongScript(),
                List.copyOf(hazards),
                List.of(),
                Step.Estimate.NONE,
                "the state's script");
        return Optional.of(new Script(step, List.copyOf(objects), Set.copyOf(made), Set.copyOf(removed)));
    }
}
