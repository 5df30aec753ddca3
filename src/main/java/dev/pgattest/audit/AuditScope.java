package dev.pgattest.audit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who the tenants are and who the application is.
 *
 * @param tenantColumn name of the column that says whose a row is
 * @param tenantSetting the session's setting that says who asks; null when none is known
 * @param settings other settings that the application makes, by name
 * @param roles names of the application's roles, those that serve one tenant at a time
 * @param sources how each of these is known, a sentence each
 */
public record AuditScope(
        String tenantColumn,
        @Nullable String tenantSetting,
        Map<String, String> settings,
        List<String> roles,
        List<String> sources) {

    public AuditScope {
        settings = Map.copyOf(settings);
        roles = List.copyOf(roles);
        sources = List.copyOf(sources);
    }

    /** The session's setting that says who asks. */
    public Optional<String> setting() {
        return Optional.ofNullable(tenantSetting);
    }

    /**
     * What somebody says about it; the rest is inferred.
     *
     * @param tenantColumn null for unknown
     * @param tenantSetting null for unknown
     * @param settings other settings
     * @param roles empty for unknown
     * @param origin who says so: {@code the project}
     */
    public record Known(
            @Nullable String tenantColumn,
            @Nullable String tenantSetting,
            Map<String, String> settings,
            List<String> roles,
            String origin) {

        public Known {
            settings = Map.copyOf(settings);
            roles = List.copyOf(roles);
        }

        /** What these options say, and for the rest this. */
        public Known overriddenBy(@Nullable String column, @Nullable String setting, List<String> itsRoles) {
            return new Known(
                    column == null ? tenantColumn : column,
                    setting == null ? tenantSetting : setting,
                    settings,
                    itsRoles.isEmpty() ? roles : itsRoles,
                    column == null && setting == null && itsRoles.isEmpty() ? origin : "an option or " + origin);
        }

        /** Whether nothing is left to infer. */
        public boolean isComplete() {
            return Objects.nonNull(tenantColumn) && Objects.nonNull(tenantSetting) && !roles.isEmpty();
        }
    }
}
