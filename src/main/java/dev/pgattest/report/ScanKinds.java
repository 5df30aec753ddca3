package dev.pgattest.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How a plan reads its tables, in a few words. */
final class ScanKinds {

    private ScanKinds() {}

    /** Kinds of scans, each once, in plan order, such as {@code Index Only, Seq}; {@code -} when nothing is scanned. */
    static String of(List<String> labels) {
        Set<String> kinds = new LinkedHashSet<>();
        labels.forEach(label -> kinds.add(kind(label)));
        return kinds.isEmpty() ? "-" : String.join(", ", kinds);
    }

    /** The kind in a label such as {@code Parallel Index Scan Backward using i on t}. */
    private static String kind(String label) {
        String operation = label.split(" (?:using|on) ", 2)[0];
        return operation
                .replace("Parallel ", "")
                .replace(" Backward", "")
                .replace("Bitmap Heap", "Bitmap")
                .replaceFirst(" Scan$", "");
    }
}
