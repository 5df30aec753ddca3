package dev.pgattest.evidence;

import java.util.List;

/**
 * One physical design: what it consists of and how every case fared in it.
 *
 * @param name name of the state
 * @param description what the project says of it
 * @param schema SHA-256 of its schema
 * @param tables tables with their sizes
 * @param indexes indexes with their sizes
 * @param jsonbColumns columns that an index could look into
 * @param calibration the calibration query before and after
 * @param queries cases in order of the workload
 * @param verdict the gravest verdict of its P0 cases
 * @param reasons why the verdict is not PASS, and warnings
 */
public record StateEvidence(
        String name,
        String description,
        String schema,
        List<TableEvidence> tables,
        List<IndexEvidence> indexes,
        List<JsonbColumn> jsonbColumns,
        Calibration calibration,
        List<CaseEvidence> queries,
        Verdict verdict,
        List<String> reasons) {

    public StateEvidence {
        tables = List.copyOf(tables);
        indexes = List.copyOf(indexes);
        jsonbColumns = List.copyOf(jsonbColumns);
        queries = List.copyOf(queries);
        reasons = List.copyOf(reasons);
    }

    /** The same with what was found out about its cases later. */
    public StateEvidence withQueries(List<CaseEvidence> found) {
        return new StateEvidence(
                name, description, schema, tables, indexes, jsonbColumns, calibration, found, verdict, reasons);
    }

    /**
     * A fixed query timed before and after the cases of a state, so that drift of the machine shows.
     *
     * @param beforeMs median before, in milliseconds
     * @param afterMs median after, in milliseconds
     */
    public record Calibration(double beforeMs, double afterMs) {

        /** How many times slower the slower of the two was. */
        public double drift() {
            return Math.max(beforeMs, afterMs) / Math.min(beforeMs, afterMs);
        }
    }
}
