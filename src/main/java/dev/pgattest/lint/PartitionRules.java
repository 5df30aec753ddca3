package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Constraint;
import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules about tables that become partitions. */
final class PartitionRules {

    static final List<LintRule> ALL = List.of(
            LintRule.error("detach-concurrently-with-default")
                    .page(new Page(
                            "DETACH PARTITION CONCURRENTLY from a table that has a default partition",
                            "PostgreSQL refuses it: rows of the partition's range could go to the default partition meanwhile.",
                            "Detach it without CONCURRENTLY, under a short lock_timeout, and try again when that fails.",
                            "Manual, ALTER TABLE, DETACH PARTITION."))
                    .versions(14, Integer.MAX_VALUE)
                    .provedBy(new Proof.Fails("55000"))
                    .checks(PartitionRules::detach),
            LintRule.error("attach-partition-scan")
                    .page(new Page(
                            "ATTACH PARTITION of a table with nothing that shows that its rows belong there",
                            "PostgreSQL reads all rows of the table while it holds ACCESS EXCLUSIVE on it: reads and writes of the table wait. When"
                                    + " there is a default partition, it is locked and read in the same way, for it may hold rows that belong"
                                    + " into the new partition; that is so for CREATE TABLE PARTITION OF, too.",
                            "Add a CHECK that says what the bound says, and that the key is not NULL, as NOT VALID; validate it; then attach the"
                                    + " table, which reads nothing; then drop the CHECK. The default partition wants a CHECK that excludes the"
                                    + " new partition's rows.",
                            "Manual, ALTER TABLE, ATTACH PARTITION."))
                    .provedBy(Proof.ScansUnderLock.of(LockMode.ACCESS_EXCLUSIVE, "events_2025"))
                    .checks(PartitionRules::attach));

    private PartitionRules() {}

    private static void detach(Visit visit) {
        for (Alteration each : Alteration.of(visit.node())) {
            boolean concurrently =
                    each.is("AT_DetachPartition") && each.definition().flag("concurrent");
            visit.session()
                    .objects()
                    .partitions()
                    .defaultOf(visit.relation())
                    .filter(partition -> concurrently)
                    .ifPresent(partition -> visit.find("DETACH PARTITION CONCURRENTLY fails: " + visit.shown()
                                    + " has the default partition " + Command.shown(visit, partition))
                            .remedy("set lock_timeout = '2s';\nalter table " + visit.shown() + " detach partition "
                                    + visit.shown(each.definition().child("name")) + ";")
                            .add());
        }
    }

    private static void attach(Visit visit) {
        if (visit.is("CreateStmt") && visit.node().has("partbound")) {
            QualifiedName parent = visit.name(visit.node().list("inhRelations").get(0));
            defaultPartition(visit, parent, new PartitionBound(visit.node().child("partbound")));
            return;
        }
        for (Alteration each : Alteration.of(visit.node())) {
            ParseNode partition = each.definition().child("name");
            // ALTER INDEX ... ATTACH PARTITION has no bound.
            if (each.is("AT_AttachPartition") && each.definition().has("bound")) {
                PartitionBound bound = new PartitionBound(each.definition().child("bound"));
                partition(visit, partition, bound);
                defaultPartition(visit, visit.relation(), bound);
            }
        }
    }

    private static void partition(Visit visit, ParseNode partition, PartitionBound bound) {
        QualifiedName name = visit.name(partition);
        KnownObjects objects = visit.session().objects();
        List<String> key = objects.partitions().key(visit.relation());
        KnownTable known = objects.seen(name);
        boolean onlyOne = bound.isDefault()
                && objects.table(visit.relation()).isPresent()
                && objects.tables().stream().noneMatch(table -> visit.relation().equals(table.parent()));
        if (visit.session().isNew(name) || onlyOne || bound.isShownBy(known, key)) {
            return;
        }
        String shown = visit.shown(partition);
        String constraint = Command.quoted(name.name() + "_bound");
        visit.find("attaching " + shown + " reads all of it under ACCESS EXCLUSIVE: reads and writes of " + shown
                        + " wait until every row is checked")
                .remedy("alter table " + shown + " add constraint " + constraint + " check (" + bound.condition(key)
                        + ") not valid;\nalter table " + shown + " validate constraint " + constraint + ";\n"
                        + visit.statement().text() + ";\nalter table " + shown + " drop constraint " + constraint + ";")
                .add();
    }

    /** The default partition may hold rows that now belong elsewhere. */
    private static void defaultPartition(Visit visit, QualifiedName parent, PartitionBound bound) {
        KnownObjects objects = visit.session().objects();
        objects.partitions()
                .defaultOf(parent)
                .filter(name -> !bound.isDefault())
                .ifPresent(name -> {
                    KnownTable known = objects.seen(name);
                    if (visit.session().isNew(name) || excludes(known, bound)) {
                        return;
                    }
                    String shown = Command.shown(visit, name);
                    String constraint = Command.quoted(name.name() + "_excluded");
                    String condition = bound.condition(objects.partitions().key(parent));
                    visit.find("a new partition makes PostgreSQL read all of the default partition " + shown
                                    + " under ACCESS EXCLUSIVE: reads and writes of " + shown
                                    + " wait until every row is checked")
                            .remedy("alter table " + shown + " add constraint " + constraint + " check (not ("
                                    + condition
                                    + ")) not valid;\nalter table " + shown + " validate constraint " + constraint
                                    + ";\n"
                                    + visit.statement().text() + ";\nalter table " + shown + " drop constraint "
                                    + constraint + ";")
                            .add();
                });
    }

    /** Whether a valid CHECK speaks of the bound; that it says the right thing is taken for granted. */
    private static boolean excludes(KnownTable known, PartitionBound bound) {
        return known.constraints().values().stream()
                .filter(each -> each.isA("CONSTR_CHECK") && each.valid())
                .map(PartitionRules::constants)
                .anyMatch(constants -> constants.containsAll(bound.constants())
                        || bound.constants().isEmpty());
    }

    private static Set<String> constants(Constraint check) {
        return new HashSet<>(check.definition().all("A_Const").stream()
                .flatMap(each -> each.constant().stream())
                .collect(Collectors.toSet()));
    }
}
