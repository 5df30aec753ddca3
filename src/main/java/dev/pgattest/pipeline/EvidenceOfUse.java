package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Result;
import dev.pgattest.evidence.IndexUse;
import dev.pgattest.files.EvidenceFile;
import dev.pgattest.files.TextFile;
import dev.pgattest.schema.IndexStatement;
import dev.pgattest.workload.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A project's evidence as far as it says which plans use which index.
 *
 * @param json {@code evidence.json}; a missing node when there is none
 */
record EvidenceOfUse(JsonNode json) {

    /**
     * Reads it.
     *
     * @param folder where it is; null for where {@code prove} puts it, where it may be missing
     * @throws PgattestException of bad input when it cannot be read
     */
    static EvidenceOfUse read(LoadedProject loaded, @Nullable Path folder) {
        Path where = folder == null ? defaultFolder(loaded) : folder;
        Path file = where.resolve(EvidenceFile.NAME);
        Optional<String> text = TextFile.read(file).map(Result::orThrow);
        if (text.isEmpty() && folder != null) {
            throw PgattestException.badInput("there is no " + file, "name the folder that `pgattest prove` wrote");
        }
        try {
            return new EvidenceOfUse(text.map(JsonMapper.shared()::readTree).orElseGet(MissingNode::getInstance));
        } catch (JacksonException e) {
            throw PgattestException.badInput(
                    file + " is no evidence: " + e.getOriginalMessage(), "measure again with `pgattest prove`");
        }
    }

    private static Path defaultFolder(LoadedProject loaded) {
        var size = loaded.dataset(new ProveRequest.Size(null, null, 1)).size();
        return EvidenceFiles.defaultFolder(
                loaded.folder(), loaded.project().trial().profile(), size.scale(), size.members());
    }

    /** What the plans of a state use; empty when it was not measured. */
    Optional<IndexUse> in(State state) {
        return IndexUse.of(json, state.name());
    }

    /** The indexes of a state, as far as they can be read; none when it was not measured. */
    List<IndexStatement> indexes(String state) {
        List<IndexStatement> indexes = new ArrayList<>();
        for (JsonNode each : json.path("states")) {
            if (each.path("name").asString("").equals(state)) {
                each.path("indexes").forEach(index -> {
                    String definition = index.path("definition").asString("");
                    if (IndexStatement.parse(definition) instanceof Result.Read<IndexStatement> read) {
                        indexes.add(read.value());
                    }
                });
            }
        }
        return indexes;
    }
}
