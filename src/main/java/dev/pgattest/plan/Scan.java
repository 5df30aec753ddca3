package dev.pgattest.plan;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a plan reads one relation at one place. A self-join has two, told apart by {@code path} and {@code alias}.
 *
 * @param path of the node that reads the relation
 * @param kind how it reads
 * @param relation table, partition or materialized view, without its schema
 * @param schema null without {@code VERBOSE}
 * @param alias the name it has in the query; equal to {@code relation} when none was given
 * @param indexes used for it, sorted; several with a bitmap of bitmaps, none for a sequential scan
 */
public record Scan(
        String path, Kind kind, String relation, @Nullable String schema, String alias, List<String> indexes) {

    /** How a relation is read. */
    public enum Kind {
        SEQUENTIAL,
        INDEX,
        INDEX_ONLY,
        BITMAP,
        ROW_IDENTIFIER,
        SAMPLE,
        /** By a foreign-data wrapper or an extension. */
        OTHER;

        static Kind of(String nodeType) {
            return switch (nodeType) {
                case "Seq Scan" -> SEQUENTIAL;
                case "Index Scan" -> INDEX;
                case "Index Only Scan" -> INDEX_ONLY;
                case "Bitmap Heap Scan" -> BITMAP;
                case "Tid Scan", "Tid Range Scan" -> ROW_IDENTIFIER;
                case "Sample Scan" -> SAMPLE;
                default -> OTHER;
            };
        }
    }

    public Scan {
        indexes = List.copyOf(indexes);
    }

    /** Every scan of a relation in the plan, executed or not, in plan order. */
    static List<Scan> of(PlanNode root) {
        return root.stream()
                .filter(node -> node.nodeType().endsWith("Scan"))
                .filter(node -> node.text(PlanKey.RELATION_NAME).isPresent())
                .map(Scan::ofNode)
                .toList();
    }

    private static Scan ofNode(PlanNode node) {
        String relation = node.text(PlanKey.RELATION_NAME).orElse("");
        return new Scan(
                node.path(),
                Kind.of(node.nodeType()),
                relation,
                node.text(PlanKey.SCHEMA).orElse(null),
                node.text(PlanKey.ALIAS).orElse(relation),
                indexes(node));
    }

    /** The node's index or, below a bitmap heap scan, those of its bitmaps. */
    static List<String> indexes(PlanNode node) {
        return Stream.concat(
                        Stream.of(node),
                        node.inputs().stream()
                                .flatMap(PlanNode::stream)
                                .filter(input -> input.nodeType().equals("Bitmap Index Scan")))
                .flatMap(scan -> scan.text(PlanKey.INDEX_NAME).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
