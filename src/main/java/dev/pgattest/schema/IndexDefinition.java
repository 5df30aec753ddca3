package dev.pgattest.schema;

import dev.pgattest.sql.ParseNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an index is, apart from its name and its table.
 *
 * @param method access method, such as {@code btree}
 * @param keys in order; at least one
 * @param included columns that are only carried along, sorted
 * @param rows those that it holds
 * @param uniqueness what it refuses
 * @param storage parameters such as {@code fillfactor}, sorted by name
 * @param backing the constraint that owns it
 * @param excluding the operators of an exclusion constraint, one for each key; empty for every other index, and where it is not known
 */
public record IndexDefinition(
        String method,
        List<IndexKey> keys,
        Set<String> included,
        Predicate rows,
        Uniqueness uniqueness,
        Map<String, String> storage,
        Backing backing,
        List<String> excluding) {

    /** What an index refuses. */
    public enum Uniqueness {
        /** Nothing. */
        NONE,
        /** Rows with equal keys, at the end of the transaction; NULL may count as equal or not. */
        DEFERRABLE,
        /** Rows with equal keys; a NULL equals nothing. */
        NULLS_DISTINCT,
        /** Rows with equal keys; a NULL equals a NULL. */
        NULLS_NOT_DISTINCT
    }

    /** The constraint that owns an index. */
    public enum Backing {
        NONE,
        UNIQUE,
        PRIMARY_KEY,
        /** {@code EXCLUDE}, or a key {@code WITHOUT OVERLAPS}. */
        EXCLUSION
    }

    public IndexDefinition {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("an index has at least one key");
        }
        keys = List.copyOf(keys);
        included = Collections.unmodifiableSet(new TreeSet<>(included));
        storage = Collections.unmodifiableMap(new TreeMap<>(storage));
        excluding = List.copyOf(excluding);
    }

    /**
     * The index of an {@code IndexStmt}, or of a {@code Constraint} of a table. Empty when a constraint has no index or does not name
     * its columns, as {@code USING INDEX}.
     */
    public static Optional<IndexDefinition> of(ParseNode node) {
        if (!node.has("contype")) {
            return Optional.of(ofStatement(node));
        }
        return switch (node.text("contype")) {
            case "CONSTR_PRIMARY" -> ofConstraint(node, Backing.PRIMARY_KEY);
            case "CONSTR_UNIQUE" -> ofConstraint(node, Backing.UNIQUE);
            case "CONSTR_EXCLUSION" -> Optional.of(ofExclusion(node));
            default -> Optional.empty();
        };
    }

    private static IndexDefinition ofStatement(ParseNode node) {
        return new IndexDefinition(
                node.text("accessMethod"),
                node.list("indexParams").stream().map(IndexKey::of).toList(),
                Set.copyOf(node.list("indexIncludingParams").stream()
                        .map(each -> each.text("name"))
                        .toList()),
                Predicate.of(node.child("whereClause")),
                node.flag("unique") ? uniqueness(node) : Uniqueness.NONE,
                storage(node),
                Backing.NONE,
                List.of());
    }

    private static Optional<IndexDefinition> ofConstraint(ParseNode node, Backing backing) {
        List<IndexKey> keys =
                node.names("keys").stream().map(IndexKey::ascending).toList();
        boolean overlaps = node.flag("without_overlaps");
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(new IndexDefinition(
                        overlaps ? "gist" : "btree",
                        keys,
                        Set.copyOf(node.names("including")),
                        Predicate.ALL_ROWS,
                        overlaps ? Uniqueness.NONE : uniqueness(node),
                        storage(node),
                        overlaps ? Backing.EXCLUSION : backing,
                        List.of()));
    }

    private static IndexDefinition ofExclusion(ParseNode node) {
        return new IndexDefinition(
                node.text("access_method"),
                node.list("exclusions").stream()
                        .map(pair -> IndexKey.of(pair.list("items").get(0)))
                        .toList(),
                Set.copyOf(node.names("including")),
                Predicate.of(node.child("where_clause")),
                Uniqueness.NONE,
                storage(node),
                Backing.EXCLUSION,
                node.list("exclusions").stream().map(IndexDefinition::operator).toList());
    }

    /** The operator's name without a schema. */
    private static String operator(ParseNode exclusion) {
        List<String> name = exclusion.list("items").get(1).names("items");
        return name.isEmpty() ? "" : name.get(name.size() - 1);
    }

    private static Uniqueness uniqueness(ParseNode node) {
        if (node.flag("deferrable")) {
            return Uniqueness.DEFERRABLE;
        }
        return node.flag("nulls_not_distinct") ? Uniqueness.NULLS_NOT_DISTINCT : Uniqueness.NULLS_DISTINCT;
    }

    private static Map<String, String> storage(ParseNode node) {
        Map<String, String> storage = new LinkedHashMap<>();
        node.list("options")
                .forEach(option -> storage.put(
                        option.text("defname"),
                        truth(option.child("arg").constant().orElse("true"))));
        return storage;
    }

    /** The server keeps a switch as it was written; it reads all of these alike. */
    private static String truth(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "yes" -> "true";
            case "off", "no" -> "false";
            default -> value.toLowerCase(Locale.ROOT);
        };
    }

    /** The same index as the property of a constraint, which may be checked only at the end of a transaction. */
    public IndexDefinition ownedBy(Backing constraint, boolean deferrable) {
        boolean late = deferrable && isUnique();
        return new IndexDefinition(
                method,
                keys,
                included,
                rows,
                late ? Uniqueness.DEFERRABLE : uniqueness,
                storage,
                constraint,
                excluding);
    }

    /** The same index as that of an exclusion constraint with these operators. */
    public IndexDefinition excludingBy(List<String> operators) {
        return new IndexDefinition(method, keys, included, rows, uniqueness, storage, backing, operators);
    }

    /** The same without casts in its expressions and conditions; see {@link Expression#withoutCasts}. */
    public IndexDefinition withoutCasts() {
        Set<Expression> conditions =
                rows.conditions().stream().map(Expression::withoutCasts).collect(Collectors.toSet());
        return new IndexDefinition(
                method,
                keys.stream().map(IndexKey::withoutCasts).toList(),
                included,
                new Predicate(conditions),
                uniqueness,
                storage,
                backing,
                excluding);
    }

    public boolean isUnique() {
        return uniqueness != Uniqueness.NONE;
    }

    public boolean isPartial() {
        return !rows.isAllRows();
    }

    /** Whether it is named among the keys, included columns, expressions and conditions. */
    public boolean mentions(String column) {
        return columns().anyMatch(column::equals);
    }

    private Stream<String> columns() {
        return Stream.of(
                        keys.stream().flatMap(key -> key.expression().columns().stream()),
                        included.stream(),
                        rows.conditions().stream().flatMap(each -> each.columns().stream()))
                .flatMap(names -> names);
    }

    /** The columns whose values a scan of the index alone can return. */
    Set<String> payload() {
        Set<String> payload = new TreeSet<>(included);
        keys.forEach(key -> key.column().ifPresent(payload::add));
        return payload;
    }

    /** Whether this one refuses whatever rows the other refuses, or would refuse if it were unique. */
    public boolean enforces(IndexDefinition other) {
        boolean fewer = keys.stream().allMatch(key -> other.keys.stream().anyMatch(key::comparesAs));
        boolean nulls = other.uniqueness == Uniqueness.NONE
                || uniqueness == Uniqueness.NULLS_NOT_DISTINCT
                || (uniqueness == Uniqueness.NULLS_DISTINCT && other.uniqueness == Uniqueness.NULLS_DISTINCT);
        return isUnique() && fewer && nulls && other.rows.implies(rows);
    }
}
