package dev.pgattest.postgres;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The comment on a database that says that pgattest created it.
 *
 * @param pgattest the version that created it
 * @param project the project that it belongs to
 * @param created when, ISO 8601 in UTC
 */
public record DatabaseMark(String pgattest, String project, String created) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The mark in a database's comment; empty when the comment is something else. */
    static Optional<DatabaseMark> read(@Nullable String comment) {
        if (comment == null || !comment.startsWith("{\"pgattest\":")) {
            return Optional.empty();
        }
        try {
            DatabaseMark mark = JSON.readValue(comment, DatabaseMark.class);
            return mark.isComplete() ? Optional.of(mark) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The comment to write. */
    String comment() {
        return JSON.writeValueAsString(this);
    }

    @SuppressWarnings("ConstantValue") // Jackson fills what is missing with null.
    private boolean isComplete() {
        return pgattest != null && project != null && created != null;
    }
}
