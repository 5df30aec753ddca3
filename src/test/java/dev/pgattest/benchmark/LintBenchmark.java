package dev.pgattest.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The linter from the outside: one small file, a thousand files, and the heap that ten megabytes of SQL take. */
final class LintBenchmark {

    private static final int FILES = 1000;
    private static final int STATEMENTS = 10;
    private static final int LARGE_BYTES = 10 << 20;
    private static final double ONE_FILE_BAR_SECONDS = 0.9;
    private static final double FILES_BAR_SECONDS = 8;
    private static final double HEAP_BAR_MB = 512;

    private static final List<String> TEMPLATES = List.of(
            "create table app.t%d (id bigint generated always as identity primary key, owner_id bigint not null, name text,"
                    + " created_at timestamptz not null default now(), total numeric(12, 2) check (total >= 0));",
            "alter table app.t%d add column note text;",
            "create index concurrently t%1$d_owner on app.t%1$d (owner_id, created_at desc) where total > 0;",
            "alter table app.t%d add constraint owner_exists foreign key (owner_id) references app.owners (id) not valid;",
            "alter table app.t%d validate constraint owner_exists;",
            "update app.t%d set note = 'none' where note is null and created_at < now() - interval '1 day';",
            "insert into app.t%d (owner_id, name) select id, name from app.owners where active;",
            "create policy tenant on app.t%d using (owner_id = current_setting('app.owner')::bigint);",
            "comment on table app.t%d is 'one of many';");

    private LintBenchmark() {}

    static void run(int rounds) throws IOException {
        Path folder = Files.createTempDirectory("pgattest-bench-lint");
        Path small = Files.writeString(folder.resolve("small.sql"), file(0));
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int number = 1; number <= FILES; number++) {
            Files.writeString(many.resolve("V" + number + "__change.sql"), file(number));
        }
        Path large = Files.writeString(folder.resolve("large.sql"), large());
        timed("lint: one file of 10 statements, start included", small, Math.max(rounds, 5), ONE_FILE_BAR_SECONDS);
        timed("lint: 1,000 files of 10 statements", many, Math.min(rounds, 3), FILES_BAR_SECONDS);
        ProgramBenchmark.heap("lint of 10 MB", List.of("lint", large.toString()), "512m", HEAP_BAR_MB, Map.of());
        ProgramBenchmark.remove(many);
        ProgramBenchmark.remove(folder);
    }

    /** Beside it, the start of the program alone: what is left is the work. */
    private static void timed(String name, Path path, int rounds, double bar) throws IOException {
        List<Double> seconds = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            seconds.add(ProgramBenchmark.seconds(List.of("./pgattest", "lint", path.toString())));
            starts.add(ProgramBenchmark.seconds(List.of("./pgattest", "--version")));
        }
        Map<String, Object> facts = Map.of("of which start", starts.get(starts.size() / 2));
        new Figure(name, "s", seconds, List.of(), bar, facts).print();
    }

    private static String file(int number) {
        StringBuilder sql = new StringBuilder("set lock_timeout = '2min';\n");
        for (int statement = 0; statement < STATEMENTS - 1; statement++) {
            sql.append(TEMPLATES.get(statement % TEMPLATES.size()).formatted(number))
                    .append('\n');
        }
        return sql.toString();
    }

    private static String large() {
        StringBuilder sql = new StringBuilder();
        for (int number = 0; sql.length() < LARGE_BYTES; number++) {
            sql.append(file(number));
        }
        return sql.toString();
    }
}
