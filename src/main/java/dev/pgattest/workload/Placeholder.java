package dev.pgattest.workload;

import java.util.Map;

/** What {@code query add} leaves for people to fill in. */
public final class Placeholder {

    /** Stands where a value is missing. */
    public static final String TEXT = "FILL_IN";

    private static final Map<String, String> REMEDIES = Map.of(
            "owner", "name the team or person that answers for the query",
            "serves", "name the endpoint or worker that runs it, for example `GET /orders`",
            "expected_rows", "write a number, or words such as `at most 100`",
            "slo", "write for example `p95 < 500 ms`");

    private static final String VALUE =
            "write a value, `null`, or where it comes from, for example `{table: tenants, column: id, row: 10%}`";

    private Placeholder() {}

    /** Rejects every value in an entry that is still to fill in. */
    static void rejectIn(Entry entry) {
        for (Entry child : entry.children()) {
            if (child.text().filter(TEXT::equals).isPresent()) {
                child.reject("'" + child.name() + "' is still to fill in", REMEDIES.getOrDefault(child.name(), VALUE));
            }
            rejectIn(child);
        }
    }
}
