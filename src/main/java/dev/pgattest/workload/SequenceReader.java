package dev.pgattest.workload;

import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.QueryReader.ParameterUse;
import dev.pgattest.workload.Repetition.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what stands around the statement of a job or a variant: whose rows it takes, and what says afterwards what it has done. */
final class SequenceReader {

    private final ReferencedFiles files;
    private final ParameterUse use;

    SequenceReader(ReferencedFiles files, ParameterUse use) {
        this.files = files;
        this.use = use;
    }

    /** The sources of a statement's rows, noted as readers of parameters; null when it runs once. */
    @Nullable
    Repetition repetition(Entry entry) {
        Entry each = entry.at(key(Form.FOR_EACH));
        Entry all = entry.at(key(Form.FOR_ALL));
        if (each.exists() && all.exists()) {
            all.rejectKey("'" + entry.name() + "' has both 'for_each' and 'for_all'", "keep the one that is meant");
        }
        Form form = each.exists() ? Form.FOR_EACH : Form.FOR_ALL;
        Entry written = each.exists() ? each : all;
        List<SqlFile> sources = new ArrayList<>();
        List<Entry> paths = written.elements().isEmpty() ? List.of(written) : written.elements();
        for (Entry path : written.exists() ? paths : List.<Entry>of()) {
            Optional<SqlFile> file = files.file(path);
            Optional<Set<String>> parameters = file.flatMap(sql -> files.parameters(sql, entry, false));
            if (sources.isEmpty()) {
                use.readBy(key(form) + " of '" + entry.name() + "'", parameters);
            } else {
                use.mayBeReadBy(parameters);
            }
            file.ifPresent(sources::add);
        }
        return sources.isEmpty() ? null : new Repetition(form, sources);
    }

    /** The query that says what was done; null when there is none. */
    @Nullable
    SqlFile check(Entry entry) {
        if (!entry.at("check").exists()) {
            return null;
        }
        Optional<SqlFile> check = files.file(entry.at("check"));
        use.readBy("the check of '" + entry.name() + "'", check.flatMap(sql -> files.parameters(sql, entry, false)));
        return check.orElse(null);
    }

    /** The key of a form in the workload's file. */
    static String key(Form form) {
        return form.name().toLowerCase(Locale.ROOT);
    }
}
