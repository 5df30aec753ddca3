package dev.pgattest.postgres;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.dataset.ColumnType;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.DatasetYaml;
import dev.pgattest.dataset.Fingerprint;
import dev.pgattest.dataset.FingerprintAccumulator;
import dev.pgattest.dataset.TableData;
import dev.pgattest.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DatasetReadBackTest {

    @Test
    void every_generator_and_type_comes_back_from_the_server_as_it_was_declared() throws IOException {
        Dataset dataset =
                DatasetYaml.dataset(Files.readString(Path.of("src/test/resources/dataset/every-generator.yaml")));
        Connections connections = TestCluster.freshDatabase();
        try (Session session = connections.open()) {
            session.execute("create type word as enum ('new', 'old')");
            dataset.tables().forEach(table -> session.execute(definition(table)));

            new DatasetLoad(connections::open, 2, LoadProgress.SILENT).run(dataset);

            for (TableData table : dataset.tables()) {
                assertThat(DatasetReadBack.fingerprint(session, table)).isEqualTo(declared(table));
            }
        }
    }

    @Test
    void one_changed_value_changes_the_fingerprint() {
        Dataset dataset = DatasetYaml.dataset("""
                profiles:
                  small: {seed: 3, rows: {items: 50}}
                tables:
                  items: {columns: {id: {type: bigint, identifier: {}}, note: {type: text, constant: x}}}
                """);
        Connections connections = TestCluster.freshDatabase();
        TableData items = dataset.tables().get(0);
        try (Session session = connections.open()) {
            session.execute(definition(items));
            new DatasetLoad(connections::open, 1, LoadProgress.SILENT).run(dataset);

            session.execute("update items set note = 'y' where ctid = '(0,7)'");

            Fingerprint changed = DatasetReadBack.fingerprint(session, items);
            assertThat(changed.rows()).isEqualTo(50);
            assertThat(changed.sha256()).isNotEqualTo(declared(items).sha256());
        }
    }

    private static Fingerprint declared(TableData table) {
        FingerprintAccumulator accumulator = new FingerprintAccumulator();
        accumulator.addRows(table, 0, table.rows());
        return accumulator.fingerprint(table.name());
    }

    private static String definition(TableData table) {
        return table.columns().stream()
                .map(column -> column.name() + " "
                        + (column.type().kind() == ColumnType.Kind.ENUM
                                ? "word"
                                : column.type().sql()))
                .collect(joining(", ", "create table " + table.name() + " (", ")"));
    }
}
