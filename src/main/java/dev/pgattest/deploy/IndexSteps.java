package dev.pgattest.deploy;

import dev.pgattest.Problem;
import dev.pgattest.deploy.CatalogSnapshot.Relation;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has to happen to one index: first what makes it, and later, when everything new is there, what removes something. */
final class IndexSteps {

    private static final String BY_MIGRATION = "change it in a migration";

    private final Situation situation;
    private final CatalogSnapshot live;
    private final StepWriter write;
    private final List<Step> makes = new ArrayList<>();
    private final List<Step> removes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private IndexSteps(Situation situation, PlanSettings settings) {
        this.situation = situation;
        this.live = situation.live();
        this.write = new StepWriter(situation, settings);
    }

    /** The steps of the index of that name. */
    static IndexSteps of(QualifiedName name, Situation situation, PlanSettings settings) {
        IndexSteps steps = new IndexSteps(situation, settings);
        Optional<WantedIndex> wanted = situation.wanted().index(name);
        Optional<CatalogIndex> present = steps.live.index(name);
        QualifiedName former = situation.renames().get(name);
        if (former != null && wanted.isPresent()) {
            steps.makes.add(steps.write.rename(wanted.get(), former));
        } else if (wanted.isPresent()) {
            present.ifPresentOrElse(
                    index -> steps.change(wanted.get(), index),
                    () -> steps.make(wanted.get(), wanted.get().name()));
            steps.analyzeIfNeeded(wanted.get());
        } else if (!situation.renames().containsValue(name)) {
            present.ifPresent(steps::remove);
        }
        steps.tidy(name);
        return steps;
    }

    /** Steps that make something. */
    List<Step> makes() {
        return makes;
    }

    /** Steps that remove something. */
    List<Step> removes() {
        return removes;
    }

    List<Problem> problems() {
        return problems;
    }

    private void make(WantedIndex wanted, QualifiedName under) {
        Optional<Relation> taken =
                live.relation(under).filter(relation -> live.index(under).isEmpty());
        if (taken.isPresent()) {
            problem(
                    "the name " + under.sql() + " is taken by a " + taken.get().noun(),
                    "rename one of them; an index shares the names of the tables in its schema");
            return;
        }
        Optional<Relation> table = live.relation(wanted.table());
        boolean partitioned = table.filter(Relation::isPartitioned).isPresent();
        if (partitioned && wanted.owner().isPresent()) {
            problem(
                    wanted.name().sql() + " belongs to a constraint of the partitioned table "
                            + wanted.table().sql() + ", which cannot be added without stopping writers",
                    BY_MIGRATION);
        } else if (partitioned) {
            new PartitionSteps(wanted, live, write, makes, problems).build(under);
        } else if (table.isPresent() && !table.get().isBuildable()) {
            problem(
                    wanted.table().sql() + " is a " + table.get().noun() + ", which has no indexes",
                    "deploy to the database that the project is about");
        } else {
            makes.add(write.create(wanted, under, wanted.table(), reason(under)));
            wanted.owner()
                    .filter(owner -> under.equals(wanted.name()))
                    .ifPresent(owner -> makes.add(write.addConstraint(wanted, owner)));
        }
    }

    private String reason(QualifiedName name) {
        if (live.building().contains(name)) {
            return "somebody is building it, so its end is waited for";
        }
        return live.index(name).isEmpty() ? "it is missing" : "an interrupted build left it invalid";
    }

    private void change(WantedIndex wanted, CatalogIndex present) {
        boolean same =
                situation.asWanted().contains(wanted.name()) && present.table().equals(wanted.table());
        boolean owned = present.owningConstraint().isPresent();
        if (owned && (!same || wanted.owner().isEmpty())) {
            problem(
                    wanted.name().sql() + " belongs to the constraint " + present.constraint()
                            + " and is to become another index",
                    BY_MIGRATION);
        } else if (!same) {
            replace(wanted, present);
        } else if (present.partitioned() && !present.standing().valid()) {
            new PartitionSteps(wanted, live, write, makes, problems).build(wanted.name());
        } else if (!present.standing().valid()) {
            make(wanted, wanted.name());
        } else {
            if (!owned) {
                wanted.owner().ifPresent(owner -> makes.add(write.addConstraint(wanted, owner)));
            }
            if (!wanted.remark().equals(Optional.ofNullable(live.comments().get(wanted.name())))) {
                makes.add(write.comment(wanted));
            }
        }
    }

    private void replace(WantedIndex wanted, CatalogIndex present) {
        boolean useless = !present.standing().valid() && !present.partitioned();
        if (useless) {
            make(wanted, wanted.name());
            return;
        }
        if (wanted.owner().isPresent()) {
            problem(
                    wanted.name().sql() + " exists with another definition, and is to belong to a constraint",
                    "drop the index that is there, or rename it");
            return;
        }
        QualifiedName under = TemporaryName.ofNew(wanted.name());
        QualifiedName former = TemporaryName.ofOld(wanted.name());
        if (isReady(former)) {
            live.index(under).ifPresent(index -> makes.add(leftover(index)));
            makes.add(write.swapBack(wanted));
            removes.add(write.clean(under, present.table(), present.partitioned(), "its place was taken"));
            return;
        }
        if (!isReady(under)) {
            live.index(under).filter(index -> index.standing().valid()).ifPresent(index -> makes.add(leftover(index)));
            make(wanted, under);
        }
        live.index(former).ifPresent(index -> makes.add(leftover(index)));
        makes.add(write.swap(wanted, present));
        removes.add(write.clean(former, present.table(), present.partitioned(), "its place was taken"));
    }

    /** Whether it is there, of use, and what is wanted. */
    private boolean isReady(QualifiedName name) {
        return situation.asWanted().contains(name)
                && live.index(name).filter(StepState::isUsable).isPresent();
    }

    private void remove(CatalogIndex present) {
        if (present.partOf().isPresent()) {
            return;
        }
        removes.add(present.owningConstraint()
                .map(constraint -> write.dropConstraint(present, constraint))
                .orElseGet(() -> write.drop(present, "the state does not have it")));
    }

    /** What an interrupted replacement left behind. */
    private void tidy(QualifiedName name) {
        QualifiedName under = TemporaryName.ofNew(name);
        if (makes.stream().noneMatch(step -> step.kind() == StepKind.SWAP || step.kind() == StepKind.SWAP_BACK)) {
            live.index(under).ifPresent(index -> removes.add(leftover(index)));
            live.index(TemporaryName.ofOld(name)).ifPresent(index -> removes.add(leftover(index)));
        }
    }

    private Step leftover(CatalogIndex index) {
        return write.clean(
                index.name(), index.table(), index.partitioned(), "an interrupted replacement left it behind");
    }

    private void analyzeIfNeeded(WantedIndex wanted) {
        boolean builds = makes.stream().anyMatch(step -> step.kind() == StepKind.CREATE);
        boolean expressions = wanted.statement().definition().keys().stream()
                .anyMatch(key -> key.column().isEmpty());
        if (builds && expressions) {
            makes.add(write.analyze(wanted.table()));
        }
    }

    private void problem(String message, String remedy) {
        problems.add(Problem.ofInput(message, remedy));
    }
}
