package dev.pgattest.workload;

import dev.pgattest.document.Spelling;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks of names that several readers share. */
final class Names {

    private Names() {}

    /** Rejects names that differ only in case: evidence files and reports are looked up ignoring it. */
    static void rejectRepeated(List<Entry> entries) {
        Map<String, String> seen = new HashMap<>();
        for (Entry entry : entries) {
            String first = seen.putIfAbsent(entry.name().toLowerCase(Locale.ROOT), entry.name());
            if (first != null) {
                entry.rejectKey(
                        "the name '" + entry.name() + "' is used twice, first as '" + first + "'",
                        "rename one; names must differ in more than case");
            }
        }
    }

    /** Rejects the key of an entry unless it is a known name. */
    static void requireKnownKey(Entry entry, String kind, Collection<String> known) {
        if (!known.contains(entry.name())) {
            entry.rejectKey(
                    "unknown " + kind + " '" + entry.name() + "'", Spelling.remedy(entry.name(), plural(kind), known));
        }
    }

    /** Rejects the text of an entry unless it is a known name. */
    static void requireKnownText(Entry entry, String kind, Collection<String> known) {
        entry.text()
                .filter(text -> !known.contains(text))
                .ifPresent(text -> entry.reject(
                        "unknown " + kind + " '" + text + "'", Spelling.remedy(text, plural(kind), known)));
    }

    private static String plural(String kind) {
        return kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
    }
}
