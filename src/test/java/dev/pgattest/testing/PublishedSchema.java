package dev.pgattest.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The JSON Schemas that {@code docs/schema} publishes, for machine output of any size: files of users are read with a limit. */
public final class PublishedSchema {

    private PublishedSchema() {}

    /** What does not conform to a schema; empty when all does. */
    public static List<?> problems(String name, String json) {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(Path.of("docs", "schema", name + ".schema.json")))
                    .validate(json, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
