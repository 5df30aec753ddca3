package dev.pgattest.dataset;

import java.util.List;
import java.util.Optional;

/** The declaration of a dataset: its tables, in declared order, and the profiles that say how many rows they have. */
public record DatasetSpec(List<DatasetProfile> profiles, List<TableSpec> tables) {

    public DatasetSpec {
        profiles = List.copyOf(profiles);
        tables = List.copyOf(tables);
    }

    /** The profile of that name, if there is one. */
    public Optional<DatasetProfile> profile(String name) {
        return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /** The table of that name, if there is one. */
    public Optional<TableSpec> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
