package dev.pgattest.deploy;

import dev.pgattest.deploy.CatalogObject.Kind;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.ParseNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a statement makes, removes and needs, as far as the catalog can be asked. A statement that does nothing when its object is
 * there already ({@code if not exists}, {@code or replace}) makes nothing here.
 *
 * @param made must not be there before it, and is afterwards
 * @param removed must be there before it, and is not afterwards
 * @param needed must be there before it
 */
public record StatementObjects(List<CatalogObject> made, List<CatalogObject> removed, List<CatalogObject> needed) {

    private static final Map<String, Kind> DROPPED = Map.ofEntries(
            Map.entry("OBJECT_TABLE", Kind.RELATION),
            Map.entry("OBJECT_VIEW", Kind.RELATION),
            Map.entry("OBJECT_MATVIEW", Kind.RELATION),
            Map.entry("OBJECT_SEQUENCE", Kind.RELATION),
            Map.entry("OBJECT_FOREIGN_TABLE", Kind.RELATION),
            Map.entry("OBJECT_FUNCTION", Kind.ROUTINE),
            Map.entry("OBJECT_PROCEDURE", Kind.ROUTINE),
            Map.entry("OBJECT_ROUTINE", Kind.ROUTINE),
            Map.entry("OBJECT_SCHEMA", Kind.SCHEMA),
            Map.entry("OBJECT_TYPE", Kind.TYPE),
            Map.entry("OBJECT_DOMAIN", Kind.TYPE),
            Map.entry("OBJECT_EXTENSION", Kind.EXTENSION),
            Map.entry("OBJECT_TRIGGER", Kind.TRIGGER),
            Map.entry("OBJECT_POLICY", Kind.POLICY));

    private static final StatementObjects NONE = new StatementObjects(List.of(), List.of(), List.of());

    /** The objects of a statement. */
    public static StatementObjects of(ParseNode node) {
        return switch (node.kind()) {
            case "CreateStmt", "CreateForeignTableStmt" ->
                made(node, relation(base(node).child("relation")));
            case "CreateTableAsStmt" -> made(node, relation(node.child("into").child("rel")));
            case "CreateSeqStmt" -> made(node, relation(node.child("sequence")));
            case "ViewStmt" -> made(node, relation(node.child("view")));
            case "CreateFunctionStmt" -> made(node, new CatalogObject(Kind.ROUTINE, signature(node), ""));
            case "CreateSchemaStmt" -> made(node, new CatalogObject(Kind.SCHEMA, node.text("schemaname"), ""));
            case "CreateEnumStmt" -> made(node, type(node.names("typeName")));
            case "CreateDomainStmt" -> made(node, type(node.names("domainname")));
            case "CompositeTypeStmt" -> made(node, new CatalogObject(Kind.TYPE, name(node.child("typevar")), ""));
            case "CreateExtensionStmt" -> made(node, new CatalogObject(Kind.EXTENSION, node.text("extname"), ""));
            case "CreatePolicyStmt" ->
                made(node, new CatalogObject(Kind.POLICY, name(node.child("table")), node.text("policy_name")));
            case "CreateTrigStmt" ->
                made(node, new CatalogObject(Kind.TRIGGER, name(node.child("relation")), node.text("trigname")));
            case "AlterTableStmt" -> altered(node);
            case "DropStmt" -> dropped(node);
            case "GrantStmt" -> granted(node);
            default -> NONE;
        };
    }

    private static ParseNode base(ParseNode node) {
        return node.has("base") ? node.child("base") : node;
    }

    private static StatementObjects made(ParseNode node, CatalogObject object) {
        boolean maybeThere = node.flag("if_not_exists")
                || base(node).flag("if_not_exists")
                || node.flag("replace")
                || object.name().isEmpty();
        return maybeThere ? NONE : new StatementObjects(List.of(object), List.of(), List.of());
    }

    private static StatementObjects altered(ParseNode node) {
        String table = name(node.child("relation"));
        List<CatalogObject> made = new ArrayList<>();
        List<CatalogObject> removed = new ArrayList<>();
        for (ParseNode command : node.list("cmds")) {
            ParseNode definition = command.child("def");
            switch (command.text("subtype")) {
                case "AT_AddColumn" -> made.add(new CatalogObject(Kind.COLUMN, table, definition.text("colname")));
                case "AT_AddConstraint" ->
                    made.add(new CatalogObject(Kind.CONSTRAINT, table, definition.text("conname")));
                case "AT_DropColumn" -> removed.add(new CatalogObject(Kind.COLUMN, table, command.text("name")));
                case "AT_DropConstraint" ->
                    removed.add(new CatalogObject(Kind.CONSTRAINT, table, command.text("name")));
                default -> {}
            }
            if (command.flag("missing_ok")) {
                return NONE;
            }
        }
        made.removeIf(object -> object.of().isEmpty());
        return new StatementObjects(made, removed, List.of());
    }

    private static StatementObjects dropped(ParseNode node) {
        Kind kind = DROPPED.get(node.text("removeType"));
        if (kind == null || node.flag("missing_ok")) {
            return NONE;
        }
        List<CatalogObject> removed = node.list("objects").stream()
                .map(object -> dropped(kind, object))
                .toList();
        return new StatementObjects(List.of(), removed, List.of());
    }

    private static CatalogObject dropped(Kind kind, ParseNode object) {
        List<String> names = names(object);
        int last = names.size() - 1;
        return switch (kind) {
            case ROUTINE -> new CatalogObject(kind, signature(object), "");
            case TRIGGER, POLICY -> new CatalogObject(kind, quoted(names.subList(0, last)), names.get(last));
            case SCHEMA, EXTENSION -> new CatalogObject(kind, names.get(last), "");
            default -> new CatalogObject(kind, quoted(names), "");
        };
    }

    private static StatementObjects granted(ParseNode node) {
        boolean tables = node.text("targtype").equals("ACL_TARGET_OBJECT")
                && node.text("objtype").equals("OBJECT_TABLE");
        return tables
                ? new StatementObjects(
                        List.of(),
                        List.of(),
                        node.list("objects").stream()
                                .map(StatementObjects::relation)
                                .toList())
                : NONE;
    }

    private static CatalogObject relation(ParseNode range) {
        return new CatalogObject(Kind.RELATION, name(range), "");
    }

    private static CatalogObject type(List<String> names) {
        return new CatalogObject(Kind.TYPE, quoted(names), "");
    }

    /** The names of a dropped object: a string, a list of them, or the name of a type. */
    private static List<String> names(ParseNode object) {
        if (object.is("String")) {
            return List.of(object.name());
        }
        return object.is("TypeName") ? object.names("names") : object.names("items");
    }

    private static String name(ParseNode range) {
        List<String> parts = new ArrayList<>();
        if (range.has("schemaname")) {
            parts.add(range.text("schemaname"));
        }
        if (range.has("relname")) {
            parts.add(range.text("relname"));
        }
        return quoted(parts);
    }

    private static String quoted(List<String> names) {
        return names.stream()
                .filter(name -> !name.isEmpty())
                .map(Identifier::quote)
                .collect(Collectors.joining("."));
    }

    /** {@code name(type, type)}, or only the name when a statement that drops it names no types. */
    private static String signature(ParseNode routine) {
        boolean created = routine.is("CreateFunctionStmt");
        String name = quoted(routine.names(created ? "funcname" : "objname"));
        if (routine.flag("args_unspecified")) {
            return name;
        }
        List<String> types = created
                ? routine.list("parameters").stream()
                        .filter(parameter -> !parameter.text("mode").equals("FUNC_PARAM_OUT")
                                && !parameter.text("mode").equals("FUNC_PARAM_TABLE"))
                        .map(parameter -> typeText(parameter.child("argType")))
                        .toList()
                : routine.list("objargs").stream()
                        .map(StatementObjects::typeText)
                        .toList();
        return name + "(" + String.join(", ", types) + ")";
    }

    private static String typeText(ParseNode type) {
        return quoted(type.names("names"))
                + "[]".repeat(type.list("arrayBounds").size());
    }
}
