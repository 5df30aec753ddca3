package dev.pgattest.document;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shape of one kind of file, from its JSON Schema (draft 2020-12) in {@code docs/schema}, which editors use too.
 */
public final class DocumentSchema {

    private static final String RESOURCES = "classpath:dev/pgattest/schema/";

    /** Compiling a schema takes longer than checking a document. */
    private static final Map<String, DocumentSchema> PUBLISHED = new ConcurrentHashMap<>();

    private final Schema schema;

    private DocumentSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * The published schema of a kind of file, part of the program.
     *
     * @param kind its name in {@code docs/schema} such as {@code workload}; {@code openapi-3.1} and {@code openapi-3.0} are the schemas that the
     *     OpenAPI Initiative publishes
     */
    public static DocumentSchema of(String kind) {
        return PUBLISHED.computeIfAbsent(
                kind,
                name -> new DocumentSchema(registry().getSchema(SchemaLocation.of(RESOURCES + name + ".schema.json"))));
    }

    /** A schema given as text. */
    public static DocumentSchema parse(String json) {
        return new DocumentSchema(registry().getSchema(json));
    }

    private static SchemaRegistry registry() {
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
    }

    /** Compares a document with this schema. */
    public Conformance check(Document document) {
        List<Error> errors = schema.validate(document.root());
        return new SchemaMessages(document, schema.getSchemaNode()).conformance(errors);
    }

    /** The document when it conforms, otherwise its problems. */
    public Result<Document> accept(Document document) {
        List<Problem> problems = check(document).problems();
        return problems.isEmpty() ? Result.of(document) : Result.rejected(problems);
    }
}
