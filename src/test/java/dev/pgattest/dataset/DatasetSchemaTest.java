package dev.pgattest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published schema and {@link DatasetBinding} accept the same files. */
class DatasetSchemaTest {

    private static final Path FILE = Path.of("docs/schema/dataset.schema.json");

    @Test
    void a_file_with_every_generator_is_accepted_by_the_schema_and_by_the_binding() throws IOException {
        String yaml = Files.readString(Path.of("src/test/resources/dataset/every-generator.yaml"));
        assertThat(errors(yaml)).isEmpty();
        assertThat(DatasetYaml.problems(yaml)).isEmpty();
    }

    @Test
    void that_file_uses_every_generator() throws IOException {
        String yaml = Files.readString(Path.of("src/test/resources/dataset/every-generator.yaml"));
        assertThat(generators()).allSatisfy(name -> assertThat(yaml).contains(name + ":"));
    }

    /** These rows were copied into PostgreSQL 15 and back: the bytes and the text of every value came back the same. */
    @Test
    void the_rows_of_that_file_have_the_pinned_fingerprints() throws IOException {
        String yaml = Files.readString(Path.of("src/test/resources/dataset/every-generator.yaml"));
        List<String> lines = DatasetYaml.dataset(yaml).tables().stream()
                .map(DatasetSchemaTest::fingerprint)
                .toList();
        assertThat(lines)
                .containsExactly(
                        "9247036d7dc48ba478f30e9060eb84cd33b4b51f87c5b14b5dbf0a1221fb0ff6  40  owners",
                        "e0545f84e85e99e0e21626767a0f70b894a2e799a08937e6c0193b842f326b42  3000  kinds",
                        "bc8a23ec27a5f0ffa1b1c39ef0c77d3813a1ab779a7593ca5765fcadc39380ee  4000  parts",
                        "475dd0bbea1f55a2ec8062b6f984707dc517db7c7ee2cf84ae8f30954709e8bc  571  samples");
    }

    @Test
    void unknown_keys_and_wrong_values_are_refused_where_they_stand() {
        assertThat(errors("profiles: {small: {seed: 1}}\ntables: {a: {columns: {b: {type: text, txt: c}}}}"))
                .anyMatch(error -> error.contains("txt"));
        assertThat(errors("profiles: {small: {seed: x}}\ntables: {a: {columns: {b: {type: text, text: c}}}}"))
                .anyMatch(error -> error.contains("/profiles/small/seed"));
        assertThat(errors("profiles: {small: {seed: 1}}")).anyMatch(error -> error.contains("tables"));
    }

    @Test
    void every_key_is_described() throws IOException {
        assertThat(undescribed(JsonMapper.shared().readTree(Files.readString(FILE)), ""))
                .isEmpty();
    }

    private static String fingerprint(TableData table) {
        FingerprintAccumulator accumulator = new FingerprintAccumulator();
        accumulator.addRows(table, 0, table.rows());
        return accumulator.fingerprint(table.name()).line();
    }

    private static Set<String> generators() throws IOException {
        Set<String> names = new TreeSet<>();
        JsonNode definitions =
                JsonMapper.shared().readTree(Files.readString(FILE)).path("$defs");
        definitions.propertyNames().stream()
                .filter(name -> name.startsWith("generator_"))
                .forEach(name -> names.add(name.substring("generator_".length())));
        return names;
    }

    private static Set<String> undescribed(JsonNode node, String path) {
        Set<String> found = new TreeSet<>();
        node.path("properties").properties().forEach(property -> {
            JsonNode value = property.getValue();
            if (!value.has("description") && !value.has("$ref")) {
                found.add(path + "/" + property.getKey());
            }
        });
        node.properties().forEach(child -> found.addAll(undescribed(child.getValue(), path + "/" + child.getKey())));
        return found;
    }

    private static List<String> errors(String yaml) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text());
        return schema.validate(DatasetYaml.tree(yaml)).stream()
                .map(Error::toString)
                .toList();
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
