package dev.pgattest.workload;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.document.Document;
import dev.pgattest.document.DocumentSchema;
import dev.pgattest.document.Spelling;
import dev.pgattest.sql.SqlFile;
import dev.pgattest.workload.PlannedIndex.Contract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Finds operations in OpenAPI documents, which are checked by the schemas that the OpenAPI Initiative publishes. Each document is read
 * once.
 */
final class ContractReader {

    private static final JsonPointer PATHS = JsonPointer.compile("/paths");
    private static final Pattern METHOD_AND_PATH = Pattern.compile("[A-Za-z]+\\s+/.*");
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final ReferencedFiles files;
    private final Map<String, Result<Map<String, Contract>>> known = new HashMap<>();

    ContractReader(ReferencedFiles files) {
        this.files = files;
    }

    /** The operation that an entry names; empty, with a problem, when there is none. */
    Optional<Contract> read(Entry contract) {
        Optional<SqlFile> file = files.file(contract.at("file"));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Optional<Map<String, Contract>> operations =
                contract.at("file").accepted(known.computeIfAbsent(file.get().path(), path -> operations(file.get())));
        Entry wanted = contract.at("operation");
        return operations.flatMap(
                names -> wanted.parsed(text -> named(names, text, file.get().path())));
    }

    private static Result<Contract> named(Map<String, Contract> operations, String text, String file) {
        String name = plain(text);
        Contract found = operations.get(name);
        return found != null
                ? Result.of(found)
                : Result.rejected(Problem.ofInput(
                        file + " has no operation '" + text + "'",
                        Spelling.remedy(name, "operations", operations.keySet())));
    }

    /** Method and path with the method in upper case, or the id of an operation. */
    private static String plain(String text) {
        if (!METHOD_AND_PATH.matcher(text).matches()) {
            return text;
        }
        String[] parts = text.split("\\s+", 2);
        return parts[0].toUpperCase(Locale.ROOT) + " " + parts[1];
    }

    /** The operations of a document by method and path, and by their ids. */
    private static Result<Map<String, Contract>> operations(SqlFile file) {
        return Document.parse(file.path(), file.text())
                .then(ContractReader::valid)
                .then(document -> operations(document));
    }

    private static Result<Document> valid(Document document) {
        JsonPointer version = JsonPointer.compile("/openapi");
        String text = document.text(version);
        if (text.startsWith("3.1.") || text.startsWith("3.0.")) {
            return DocumentSchema.of("openapi-" + text.substring(0, 3)).accept(document);
        }
        String found = text.isEmpty() ? "the file is no OpenAPI document" : "the OpenAPI version is " + text;
        return Result.rejected(
                document.problem(version, found, "write `openapi: 3.1.0` or another 3.0 or 3.1 version"));
    }

    private static Result<Map<String, Contract>> operations(Document document) {
        Map<String, Contract> operations = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String path : document.at(PATHS).propertyNames()) {
            JsonNode item = document.at(PATHS.appendProperty(path));
            for (String method : METHODS) {
                if (item.has(method)) {
                    Contract operation = new Contract(document.file(), method.toUpperCase(Locale.ROOT), path);
                    operations.put(operation.operation(), operation);
                    String id = item.path(method).path("operationId").asString("");
                    if (!id.isEmpty() && operations.put(id, operation) != null) {
                        JsonPointer place = PATHS.appendProperty(path)
                                .appendProperty(method)
                                .appendProperty("operationId");
                        problems.add(document.problem(
                                place, "the operationId '" + id + "' is used twice", "give each operation its own"));
                    }
                }
            }
        }
        return problems.isEmpty() ? Result.of(operations) : Result.rejected(problems);
    }
}
