package dev.pgattest.deploy;

import dev.pgattest.deploy.CatalogSnapshot.Relation;
import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.sql.Grammar;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import dev.pgattest.sql.SyntaxTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a catalog is going to be after the steps of a plan, as far as its indexes go. Scripts are not followed. */
public final class CatalogAfter {

    private static final CatalogIndex.Standing VALID = new CatalogIndex.Standing(true, true, true, false, false);

    private final Map<QualifiedName, CatalogIndex> indexes;
    private final Map<QualifiedName, WantedIndex.Constraint> owners;
    private final Map<QualifiedName, String> comments;
    private final Map<QualifiedName, Relation> relations;

    private CatalogAfter(CatalogSnapshot live) {
        this.indexes = new HashMap<>(live.indexes());
        this.owners = new HashMap<>(live.owners());
        this.comments = new HashMap<>(live.comments());
        this.relations = new HashMap<>(live.relations());
    }

    /** The catalog after a plan. */
    public static CatalogSnapshot of(DeploymentPlan plan, CatalogSnapshot live) {
        CatalogAfter after = new CatalogAfter(live);
        plan.steps().forEach(after::apply);
        return new CatalogSnapshot(after.indexes, after.owners, after.comments, after.relations, Set.of());
    }

    private void apply(Step step) {
        QualifiedName index = step.subject().index();
        if (index == null) {
            return;
        }
        QualifiedName before = TemporaryName.ofOld(index);
        QualifiedName after = TemporaryName.ofNew(index);
        switch (step.kind()) {
            case CREATE, CREATE_PARENT -> create(index, step);
            case ATTACH -> attach(index, node(step.statements().get(0)));
            case SWAP -> swap(index, before, after);
            case SWAP_BACK -> swap(index, after, before);
            case RENAME -> {
                rename(step.former().orElseThrow(), index);
                remark(index, step);
            }
            case DROP, CLEAN, DROP_PARENT, DROP_CONSTRAINT -> drop(index);
            case ADD_CONSTRAINT -> own(index, node(step.statements().get(0)));
            case COMMENT -> comment(index, node(step.statements().get(0)));
            case SCRIPT, DATA, REFRESH, ANALYZE, REPEATABLE -> {}
        }
    }

    private void create(QualifiedName index, Step step) {
        String sql = step.statements().get(0);
        IndexStatement statement = IndexStatement.parse(sql).orThrow();
        boolean parent = step.kind() == StepKind.CREATE_PARENT;
        drop(index);
        put(
                index,
                new CatalogIndex(index, statement.table(), sql, statement.definition(), VALID, null, null, parent, 0));
        remark(index, step);
    }

    /** What comes after a step's first statement is its index's comment. */
    private void remark(QualifiedName index, Step step) {
        step.statements().subList(1, step.statements().size()).forEach(remark -> comment(index, node(remark)));
    }

    private void put(QualifiedName name, CatalogIndex index) {
        indexes.put(name, index);
        relations.put(name, new Relation(index.partitioned() ? 'I' : 'i', null, 0, 0));
    }

    private void attach(QualifiedName part, ParseNode alter) {
        ParseNode parent = alter.child("relation");
        CatalogIndex index = indexes.get(part);
        if (index != null) {
            put(part, with(index, part, new QualifiedName(schema(parent, part), parent.text("relname"))));
        }
    }

    private static @Nullable String schema(ParseNode relation, QualifiedName otherwise) {
        return relation.has("schemaname") ? relation.text("schemaname") : otherwise.schema();
    }

    private static CatalogIndex with(CatalogIndex index, QualifiedName name, @Nullable QualifiedName parent) {
        return new CatalogIndex(
                name,
                index.table(),
                index.sql(),
                index.definition(),
                index.standing(),
                index.constraint(),
                parent,
                index.partitioned(),
                index.sizeBytes());
    }

    /** The one of that name is put aside, and another takes its place. */
    private void swap(QualifiedName name, QualifiedName aside, QualifiedName from) {
        rename(name, aside);
        rename(from, name);
    }

    private void rename(QualifiedName from, QualifiedName to) {
        CatalogIndex index = indexes.get(from);
        if (index == null) {
            return;
        }
        String comment = comments.get(from);
        List<CatalogIndex> parts = indexes.values().stream()
                .filter(each -> each.partOf().filter(from::equals).isPresent())
                .toList();
        remove(from);
        put(to, with(index, to, index.parent()));
        parts.forEach(part -> put(part.name(), with(part, part.name(), to)));
        if (comment != null) {
            comments.put(to, comment);
        }
    }

    private void drop(QualifiedName index) {
        indexes.values().stream()
                .filter(each -> each.partOf().filter(index::equals).isPresent())
                .map(CatalogIndex::name)
                .toList()
                .forEach(this::drop);
        remove(index);
    }

    private void remove(QualifiedName index) {
        if (indexes.remove(index) != null) {
            relations.remove(index);
        }
        owners.remove(index);
        comments.remove(index);
    }

    private void own(QualifiedName name, ParseNode alter) {
        ParseNode constraint = alter.list("cmds").get(0).child("def");
        String checked = constraint.flag("initdeferred")
                ? "deferrable initially deferred"
                : constraint.flag("deferrable") ? "deferrable" : "";
        boolean primary = constraint.text("contype").equals("CONSTR_PRIMARY");
        CatalogIndex index = indexes.get(name);
        if (index != null) {
            owners.put(name, new WantedIndex.Constraint(primary ? "primary key" : "unique", checked));
            indexes.put(
                    name,
                    new CatalogIndex(
                            name,
                            index.table(),
                            index.sql(),
                            index.definition(),
                            index.standing(),
                            name.name(),
                            index.parent(),
                            index.partitioned(),
                            index.sizeBytes()));
        }
    }

    private void comment(QualifiedName index, ParseNode statement) {
        if (statement.has("comment")) {
            comments.put(index, statement.text("comment"));
        } else {
            comments.remove(index);
        }
    }

    private static ParseNode node(String sql) {
        if (Grammar.parse(sql) instanceof SyntaxTree tree && tree.statements().size() == 1) {
            return ParseNode.of(tree.statements().get(0));
        }
        throw new IllegalArgumentException("a step's statement cannot be read: " + sql);
    }
}
