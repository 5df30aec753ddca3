package dev.pgattest.deploy;

import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.Literal;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Writes the SQL of each kind of step. */
final class StepWriter {

    private final Situation situation;
    private final PlanSettings settings;

    StepWriter(Situation situation, PlanSettings settings) {
        this.situation = situation;
        this.settings = settings;
    }

    /** Builds an index under a name, which may be another than its own for a while. */
    Step create(WantedIndex wanted, QualifiedName under, QualifiedName on, String reason) {
        List<String> statements = new ArrayList<>();
        statements.add(wanted.built(under, on));
        if (on.equals(wanted.table())) {
            wanted.remark().ifPresent(remark -> statements.add(comment(under, Optional.of(remark))));
        }
        List<Hazard> hazards = new ArrayList<>();
        if (wanted.statement().definition().isUnique()) {
            hazards.add(Hazard.UNIQUE_BUILD);
        }
        if (isForeignLeftover(under)) {
            hazards.add(Hazard.INVALID_INDEX);
        }
        return new Step(
                StepKind.CREATE,
                Step.Subject.index(under, on),
                statements,
                settings.ofBuild(),
                hazards,
                List.of(dropped(under)),
                estimate(wanted, on),
                reason);
    }

    private Step.Estimate estimate(WantedIndex wanted, QualifiedName table) {
        BuildCost cost = situation.costs().get(wanted.name());
        return situation
                .live()
                .relation(table)
                .filter(relation -> cost != null)
                .map(relation -> Objects.requireNonNull(cost).estimate(relation.rows(), relation.bytes()))
                .orElse(Step.Estimate.NONE);
    }

    /** Whether an invalid index has the name that nobody builds and no deployment has begun. */
    private boolean isForeignLeftover(QualifiedName name) {
        return situation
                .live()
                .index(name)
                .filter(index -> !index.standing().valid())
                .filter(index -> !situation.live().building().contains(name))
                .filter(index -> !situation.ours().contains(name))
                .isPresent();
    }

    Step createParent(WantedIndex wanted, QualifiedName under, QualifiedName on) {
        List<String> statements = new ArrayList<>();
        statements.add(wanted.builtOnParent(under, on));
        if (on.equals(wanted.table())) {
            wanted.remark().ifPresent(remark -> statements.add(comment(under, Optional.of(remark))));
        }
        return new Step(
                StepKind.CREATE_PARENT,
                Step.Subject.index(under, on),
                statements,
                settings.ofShortStep(),
                List.of(),
                List.of("drop index " + under.sql()),
                Step.Estimate.NONE,
                "the index of a partitioned table is invalid until every partition has its part");
    }

    Step attach(QualifiedName parent, QualifiedName part, QualifiedName partition) {
        return step(
                StepKind.ATTACH,
                Step.Subject.index(part, partition),
                List.of("alter index " + parent.sql() + " attach partition " + part.sql()),
                List.of());
    }

    Step swap(WantedIndex wanted, CatalogIndex old) {
        QualifiedName name = wanted.name();
        QualifiedName before = TemporaryName.ofOld(name);
        QualifiedName after = TemporaryName.ofNew(name);
        return new Step(
                StepKind.SWAP,
                Step.Subject.index(name, wanted.table()),
                List.of(renamed(name, before), renamed(after, name)),
                settings.ofShortStep(),
                List.of(Hazard.REPLACE_INDEX),
                List.of(renamed(name, after), renamed(before, name)),
                Step.Estimate.NONE,
                "the definition was " + old.sql());
    }

    /** The other way round: what is still there under the old name is what is wanted. */
    Step swapBack(WantedIndex wanted) {
        QualifiedName name = wanted.name();
        QualifiedName before = TemporaryName.ofOld(name);
        QualifiedName after = TemporaryName.ofNew(name);
        return new Step(
                StepKind.SWAP_BACK,
                Step.Subject.index(name, wanted.table()),
                List.of(renamed(name, after), renamed(before, name)),
                settings.ofShortStep(),
                List.of(Hazard.REPLACE_INDEX),
                List.of(renamed(name, before), renamed(after, name)),
                Step.Estimate.NONE,
                "the index that is wanted is still there");
    }

    /** The index is there already, under another name. */
    Step rename(WantedIndex wanted, QualifiedName former) {
        QualifiedName name = wanted.name();
        String remark = situation.live().comments().get(former);
        boolean same = wanted.remark().equals(Optional.ofNullable(remark));
        List<String> statements = new ArrayList<>(List.of(renamed(former, name)));
        List<String> undo = new ArrayList<>(List.of(renamed(name, former)));
        if (!same) {
            statements.add(comment(name, wanted.remark()));
            undo.add(comment(former, Optional.ofNullable(remark)));
        }
        return new Step(
                StepKind.RENAME,
                new Step.Subject(name, wanted.table(), "", former),
                statements,
                settings.ofShortStep(),
                List.of(),
                undo,
                Step.Estimate.NONE,
                "it is there as " + former.sql());
    }

    /** Drops an index that queries may use. */
    Step drop(CatalogIndex index, String reason) {
        Set<Hazard> hazards = index.standing().valid() ? Set.of(Hazard.DROP_INDEX) : Set.of();
        StepKind kind = index.partitioned() ? StepKind.DROP_PARENT : StepKind.DROP;
        return new Step(
                kind,
                Step.Subject.index(index.name(), index.table()),
                List.of(index.partitioned() ? "drop index " + index.name().sql() : dropped(index.name())),
                kind == StepKind.DROP ? settings.ofBuild() : settings.ofShortStep(),
                List.copyOf(hazards),
                again(index),
                Step.Estimate.NONE,
                reason);
    }

    private List<String> again(CatalogIndex index) {
        return situation.live().asWanted(index.name()).stream()
                .flatMap(old -> index.partitioned()
                        ? List.of(old.builtOnParent(index.name(), index.table())).stream()
                        : statementsOf(old).stream())
                .toList();
    }

    private static List<String> statementsOf(WantedIndex old) {
        List<String> statements = new ArrayList<>();
        statements.add(old.built(old.name(), old.table()));
        old.remark().ifPresent(remark -> statements.add(comment(old.name(), Optional.of(remark))));
        return statements;
    }

    /** Drops what a build or a replacement left behind, or the index whose place was taken. */
    Step clean(QualifiedName name, QualifiedName table, boolean partitioned, String reason) {
        return new Step(
                partitioned ? StepKind.DROP_PARENT : StepKind.CLEAN,
                Step.Subject.index(name, table),
                List.of(partitioned ? "drop index " + name.sql() : dropped(name)),
                partitioned ? settings.ofShortStep() : settings.ofBuild(),
                List.of(),
                List.of(),
                Step.Estimate.NONE,
                reason);
    }

    Step addConstraint(WantedIndex wanted, WantedIndex.Constraint constraint) {
        String checked = constraint.checked().isEmpty() ? "" : " " + constraint.checked();
        String name = Identifier.quote(wanted.name().name());
        boolean primary = constraint.kind().equals("primary key");
        return new Step(
                StepKind.ADD_CONSTRAINT,
                Step.Subject.index(wanted.name(), wanted.table()),
                List.of("alter table " + wanted.table().sql() + " add constraint " + name + " " + constraint.kind()
                        + " using index " + name + checked),
                settings.ofShortStep(),
                primary ? List.of(Hazard.LONG_LOCK) : List.of(),
                List.of("alter table " + wanted.table().sql() + " drop constraint " + name),
                Step.Estimate.NONE,
                primary
                        ? "columns that may be null are read once under a lock that stops readers and writers"
                        : "the index becomes the constraint's");
    }

    Step dropConstraint(CatalogIndex index, String constraint) {
        return new Step(
                StepKind.DROP_CONSTRAINT,
                Step.Subject.index(index.name(), index.table()),
                List.of("alter table " + index.table().sql() + " drop constraint " + Identifier.quote(constraint)),
                settings.ofShortStep(),
                List.of(Hazard.DROP_CONSTRAINT),
                List.of(),
                Step.Estimate.NONE,
                "a constraint owns the index");
    }

    Step comment(WantedIndex wanted) {
        return step(
                StepKind.COMMENT,
                Step.Subject.index(wanted.name(), wanted.table()),
                List.of(comment(wanted.name(), wanted.remark())),
                List.of(comment(
                        wanted.name(),
                        Optional.ofNullable(situation.live().comments().get(wanted.name())))));
    }

    /** See fact 20: an expression has no statistics before. */
    Step analyze(QualifiedName table) {
        return step(StepKind.ANALYZE, new Step.Subject(null, table, ""), List.of("analyze " + table.sql()), List.of());
    }

    private Step step(StepKind kind, Step.Subject subject, List<String> statements, List<String> undo) {
        return new Step(
                kind, subject, statements, settings.ofShortStep(), List.of(), undo, Step.Estimate.NONE, reasonOf(kind));
    }

    private static String reasonOf(StepKind kind) {
        return switch (kind) {
            case ATTACH -> "the part of a partition";
            case ANALYZE -> "an expression has no statistics before its index is built";
            default -> "the comment differs";
        };
    }

    private static String dropped(QualifiedName index) {
        return "drop index concurrently " + index.sql();
    }

    private static String renamed(QualifiedName from, QualifiedName to) {
        return "alter index " + from.sql() + " rename to " + Identifier.quote(to.name());
    }

    private static String comment(QualifiedName index, Optional<String> remark) {
        return "comment on index " + index.sql() + " is "
                + remark.map(Literal::quote).orElse("null");
    }
}
