package dev.pgattest.lint;

import dev.pgattest.lint.KnownTable.Column;
import dev.pgattest.lint.KnownTable.Constraint;
import dev.pgattest.lint.KnownTable.Kind;
import dev.pgattest.lint.KnownTable.RowSecurity;
import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a statement does to the objects that are known. */
final class ObjectChanges {

    private final Session session;
    private final ConstraintChanges constraints;

    ObjectChanges(Session session) {
        this.session = session;
        this.constraints = new ConstraintChanges(session);
    }

    void apply(Statement statement) {
        ParseNode node = statement.node();
        switch (node.kind()) {
            case "CreateStmt", "CreateForeignTableStmt" -> createTable(statement);
            case "CreateTableAsStmt" -> createAs(node);
            case "SelectStmt" -> {
                if (node.has("intoClause")) {
                    put(node.child("intoClause").child("rel"), Kind.TABLE);
                }
            }
            case "CreateSeqStmt" -> put(node.child("sequence"), Kind.SEQUENCE);
            case "ViewStmt" -> put(node.child("view"), Kind.VIEW);
            case "IndexStmt" -> createIndex(statement);
            case "RefreshMatViewStmt" ->
                session.objects().populated(session.name(node.child("relation")), !node.flag("skipData"));
            case "AlterTableStmt" -> alterTable(statement);
            case "RenameStmt" -> rename(node);
            case "AlterObjectSchemaStmt" -> moveToSchema(node);
            case "CreateFunctionStmt" -> session.objects().putRoutine(session.name(node.names("funcname")), node);
            case "AlterFunctionStmt" -> alterRoutine(node);
            case "CreateSchemaStmt" -> session.objects().putSchema(node.text("schemaname"), session.here());
            case "DropStmt" -> drop(statement);
            case "CreateEnumStmt", "AlterEnumStmt", "CreateDomainStmt" -> type(node);
            case "AlterDomainStmt" -> session.objects().domains().apply(session.name(node.names("typeName")), node);
            case "CreatePolicyStmt" ->
                changeTable(
                        node.child("table"),
                        table -> table.with(table.rowSecurity().with(node)));
            default -> {}
        }
    }

    private void createTable(Statement statement) {
        boolean foreign = statement.is("CreateForeignTableStmt");
        ParseNode node = foreign ? statement.node().child("base") : statement.node();
        ParseNode relation = node.child("relation");
        QualifiedName name = session.newName(relation);
        if (node.flag("if_not_exists") && session.objects().table(name).isPresent()) {
            return;
        }
        Kind plain = node.has("partspec") ? Kind.PARTITIONED_TABLE : foreign ? Kind.FOREIGN_TABLE : Kind.TABLE;
        Kind kind = relation.text("relpersistence").equals("t") ? Kind.TEMPORARY_TABLE : plain;
        QualifiedName parent =
                node.has("partbound") ? session.name(node.list("inhRelations").get(0)) : null;
        KnownTable table = new KnownTable(name, kind, session.here(), parent, Map.of(), Map.of(), RowSecurity.NONE);
        if (parent != null) {
            table = session.objects().table(parent).map(KnownTable::columns).orElse(Map.of()).values().stream()
                    .reduce(table, KnownTable::with, (one, other) -> other);
        }
        for (ParseNode element : node.list("tableElts")) {
            table = with(table, element, statement);
        }
        session.objects().put(table);
        if (node.has("partspec")) {
            session.objects().partitions().putKey(name, node.child("partspec"));
        }
        if (parent != null && node.child("partbound").flag("is_default")) {
            session.objects().partitions().putDefault(parent, name);
        }
    }

    /** A table with a column, a constraint, or what {@code LIKE} copies. */
    private KnownTable with(KnownTable table, ParseNode element, Statement statement) {
        if (element.is("ColumnDef")) {
            return withColumn(table, element, statement);
        }
        if (element.is("Constraint")) {
            return constraints.with(table, element, "", statement);
        }
        if (element.is("TableLikeClause")) {
            return session
                    .objects()
                    .table(session.name(element.child("relation")))
                    .map(KnownTable::columns)
                    .orElse(Map.of())
                    .values()
                    .stream()
                    .reduce(table, KnownTable::with, (one, other) -> other);
        }
        return table;
    }

    private KnownTable withColumn(KnownTable table, ParseNode column, Statement statement) {
        List<ParseNode> written = column.list("constraints");
        boolean notNull = written.stream()
                .anyMatch(each -> Set.of("CONSTR_NOTNULL", "CONSTR_PRIMARY", "CONSTR_IDENTITY")
                        .contains(each.text("contype")));
        boolean stored = written.stream()
                .anyMatch(each -> each.text("contype").equals("CONSTR_GENERATED")
                        && !each.text("generated_kind").equals("v"));
        KnownTable changed = table.with(new Column(
                column.text("colname"), TypeNames.text(column.child("typeName")), notNull, stored, session.here()));
        for (ParseNode constraint : written) {
            changed = constraints.with(changed, constraint, column.text("colname"), statement);
        }
        return changed;
    }

    private void createAs(ParseNode node) {
        boolean materialized = node.text("objtype").equals("OBJECT_MATVIEW");
        ParseNode relation = node.child("into").child("rel");
        put(relation, materialized ? Kind.MATERIALIZED_VIEW : Kind.TABLE);
        if (materialized && node.child("into").flag("skipData")) {
            session.objects().populated(session.newName(relation), false);
        }
    }

    private void put(ParseNode relation, Kind kind) {
        Kind actual = relation.text("relpersistence").equals("t") ? Kind.TEMPORARY_TABLE : kind;
        QualifiedName name = session.newName(relation);
        if (session.objects().table(name).isEmpty()) {
            session.objects()
                    .put(new KnownTable(name, actual, session.here(), null, Map.of(), Map.of(), RowSecurity.NONE));
        }
    }

    private void createIndex(Statement statement) {
        ParseNode node = statement.node();
        QualifiedName table = session.name(node.child("relation"));
        String given = node.text("idxname");
        QualifiedName name = given.isEmpty() ? freeName(table, node) : new QualifiedName(table.schema(), given);
        if (session.objects().index(name).isEmpty()) {
            session.objects().put(new KnownIndex(name, table, node, session.here(), statement.start()));
        }
    }

    /** As ChooseRelationName: numbers behind the name that is taken. */
    private QualifiedName freeName(QualifiedName table, ParseNode index) {
        String base = ConstraintNames.ofIndex(index);
        QualifiedName name = new QualifiedName(table.schema(), base);
        for (int number = 1; session.objects().index(name).isPresent(); number++) {
            name = new QualifiedName(table.schema(), base + number);
        }
        return name;
    }

    private void alterTable(Statement statement) {
        QualifiedName name = session.name(statement.node().child("relation"));
        for (Alteration each : Alteration.of(statement.node())) {
            QualifiedName partition = session.name(each.definition().child("name"));
            switch (each.type()) {
                case "AT_AttachPartition" -> attach(partition, name, each);
                case "AT_DetachPartition" -> {
                    session.objects().change(partition, part -> part.partitionOf(null));
                    session.objects().partitions().removeDefault(partition);
                }
                default -> {
                    session.objects().change(name, table -> altered(table, each, statement));
                    if (each.is("AT_DropColumn")) {
                        session.objects().removeIndexesWith(name, each.name());
                    }
                }
            }
        }
    }

    private void attach(QualifiedName partition, QualifiedName parent, Alteration each) {
        session.objects().change(partition, part -> part.partitionOf(parent));
        if (each.definition().child("bound").flag("is_default")) {
            session.objects().partitions().putDefault(parent, partition);
        }
    }

    private KnownTable altered(KnownTable table, Alteration each, Statement statement) {
        RowSecurity security = table.rowSecurity();
        return switch (each.type()) {
            case "AT_AddColumn" -> withColumn(table, each.definition(), statement);
            case "AT_DropColumn" -> table.withoutColumn(each.name());
            case "AT_AddConstraint" -> constraints.with(table, each.definition(), "", statement);
            case "AT_DropConstraint" -> {
                session.objects().removeIndex(new QualifiedName(table.name().schema(), each.name()));
                yield table.withoutConstraint(each.name());
            }
            case "AT_ValidateConstraint" -> ConstraintChanges.validated(table, each.name());
            case "AT_SetNotNull" -> ConstraintChanges.refusingNull(table, List.of(each.name()));
            case "AT_DropNotNull" -> ConstraintChanges.acceptingNull(table, each.name());
            case "AT_AlterColumnType" ->
                table.column(each.name())
                        .map(column -> table.with(
                                column.of(TypeNames.text(each.definition().child("typeName")))))
                        .orElse(table);
            case "AT_EnableRowSecurity" -> table.with(new RowSecurity(true, security.forced(), security.policies()));
            case "AT_DisableRowSecurity" -> table.with(new RowSecurity(false, security.forced(), security.policies()));
            case "AT_ForceRowSecurity" -> table.with(new RowSecurity(security.enabled(), true, security.policies()));
            case "AT_NoForceRowSecurity" -> table.with(new RowSecurity(security.enabled(), false, security.policies()));
            default -> table;
        };
    }

    private void rename(ParseNode node) {
        QualifiedName name = session.name(node.child("relation"));
        QualifiedName renamed = new QualifiedName(name.schema(), node.text("newname"));
        switch (node.text("renameType")) {
            case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW" ->
                session.objects().renameTable(name, renamed);
            case "OBJECT_INDEX" -> session.objects().renameIndex(name, renamed);
            case "OBJECT_COLUMN" -> {
                session.objects().change(name, table -> renamedColumn(table, node));
                session.objects().renameColumn(name, node.text("subname"), node.text("newname"));
            }
            case "OBJECT_TABCONSTRAINT" -> {
                session.objects().change(name, table -> renamedConstraint(table, node));
                session.objects().renameIndex(new QualifiedName(name.schema(), node.text("subname")), renamed);
            }
            case "OBJECT_SCHEMA" -> session.objects().renameSchema(node.text("subname"), node.text("newname"));
            default -> {}
        }
    }

    private static KnownTable renamedColumn(KnownTable table, ParseNode node) {
        Map<String, Column> columns = new LinkedHashMap<>();
        table.columns().values().forEach(column -> {
            String name = column.name().equals(node.text("subname")) ? node.text("newname") : column.name();
            columns.put(name, column.named(name));
        });
        return new KnownTable(
                table.name(),
                table.kind(),
                table.origin(),
                table.parent(),
                columns,
                table.constraints(),
                table.rowSecurity());
    }

    private static KnownTable renamedConstraint(KnownTable table, ParseNode node) {
        Constraint constraint = table.constraints().get(node.text("subname"));
        return constraint == null
                ? table
                : table.withoutConstraint(constraint.name())
                        .with(new Constraint(node.text("newname"), constraint.definition(), constraint.valid()));
    }

    private void moveToSchema(ParseNode node) {
        if (Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW").contains(node.text("objectType"))) {
            QualifiedName name = session.name(node.child("relation"));
            session.objects().renameTable(name, new QualifiedName(node.text("newschema"), name.name()));
        }
    }

    private void drop(Statement statement) {
        ParseNode node = statement.node();
        for (ParseNode object : node.list("objects")) {
            QualifiedName name = SessionChanges.objectName(session, object);
            switch (node.text("removeType")) {
                case "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE" ->
                    session.objects().removeTable(name);
                case "OBJECT_INDEX" -> session.objects().dropIndex(name, statement, session.here());
                case "OBJECT_TYPE", "OBJECT_DOMAIN" -> session.objects().removeType(name);
                case "OBJECT_SCHEMA" -> session.objects().removeSchema(name.name());
                case "OBJECT_POLICY" -> dropPolicy(object.names("items"));
                default -> {}
            }
        }
    }

    private void dropPolicy(List<String> parts) {
        String policy = parts.get(parts.size() - 1);
        session.objects()
                .change(
                        session.name(parts.subList(0, parts.size() - 1)),
                        table -> table.with(table.rowSecurity().without(policy)));
    }

    private void type(ParseNode node) {
        boolean domain = node.is("CreateDomainStmt");
        QualifiedName name = session.name(node.names(domain ? "domainname" : "typeName"));
        if (domain) {
            session.objects().domains().apply(name, node);
        }
        KnownType known = session.objects()
                .type(name)
                .orElse(new KnownType(
                        name, domain, node.is("AlterEnumStmt") ? new Origin(-1, -1) : session.here(), Map.of()));
        for (String value : node.names("vals")) {
            known = known.with(value, session.here());
        }
        // RENAME VALUE has both, and a renamed value may be used at once.
        boolean adds = node.is("AlterEnumStmt") && node.text("oldVal").isEmpty();
        session.objects().put(adds ? known.with(node.text("newVal"), session.here()) : known);
    }

    /** What is set later stands first among the options, where it is found. */
    private void alterRoutine(ParseNode node) {
        QualifiedName name = session.name(node.child("func").names("objname"));
        session.objects().routine(name).ifPresent(known -> {
            if (known.fields() instanceof ObjectNode fields && node.has("actions")) {
                ObjectNode changed = fields.deepCopy();
                ArrayNode options = changed.putArray("options");
                node.fields().path("actions").forEach(options::add);
                fields.path("options").forEach(options::add);
                session.objects().putRoutine(name, new ParseNode(known.kind(), changed));
            }
        });
    }

    private void changeTable(ParseNode relation, java.util.function.UnaryOperator<KnownTable> change) {
        session.objects().change(session.name(relation), change);
    }
}
