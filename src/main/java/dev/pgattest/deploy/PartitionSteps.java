package dev.pgattest.deploy;

import dev.pgattest.Problem;
import dev.pgattest.deploy.CatalogSnapshot.Relation;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * The recipe for a partitioned table, at any depth: the index on the parent alone, one concurrent build for each leaf, and the parts
 * attached from the leaves up. What an interrupted run has finished is not done again.
 */
final class PartitionSteps {

    private final WantedIndex wanted;
    private final CatalogSnapshot live;
    private final StepWriter write;
    private final List<Step> steps;
    private final List<Problem> problems;

    PartitionSteps(
            WantedIndex wanted, CatalogSnapshot live, StepWriter write, List<Step> steps, List<Problem> problems) {
        this.wanted = wanted;
        this.live = live;
        this.write = write;
        this.steps = steps;
        this.problems = problems;
    }

    /** Adds the steps that are left to be done for an index of that name. */
    void build(QualifiedName under) {
        build(under, wanted.table());
    }

    private void build(QualifiedName index, QualifiedName table) {
        if (live.index(index).isEmpty()) {
            steps.add(write.createParent(wanted, index, table));
        }
        for (QualifiedName partition : live.partitions(table)) {
            Relation relation = live.relation(partition).orElseThrow();
            Optional<CatalogIndex> attached = live.part(index, partition);
            if (attached.isPresent()) {
                if (!attached.get().standing().valid()) {
                    build(attached.get().name(), partition);
                }
            } else if (!relation.isPartitioned() && !relation.isBuildable()) {
                problems.add(Problem.ofInput(
                        "the partition " + partition.sql() + " of " + table.sql() + " is a " + relation.noun()
                                + ", so the index " + wanted.name().sql() + " can never become valid",
                        "index the partitions one by one"));
            } else {
                part(index, partition, relation);
            }
        }
    }

    private void part(QualifiedName parent, QualifiedName partition, Relation relation) {
        QualifiedName part = TemporaryName.ofPart(
                wanted.name(), partition, wanted.statement().after());
        if (relation.isPartitioned()) {
            build(part, partition);
        } else if (live.index(part).filter(index -> index.standing().valid()).isEmpty()) {
            steps.add(write.create(wanted, part, partition, "the part of a partition"));
        }
        steps.add(write.attach(parent, part, partition));
    }
}
