package dev.pgattest.pipeline;

import dev.pgattest.postgres.CaseSession;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.ResultRows;
import dev.pgattest.workload.Variant;
import java.util.List;
import java.util.Set;

/** Compares the rows of a variant with those of the query that it stands for. */
final class VariantCheck {

    private final Connections connections;

    VariantCheck(Connections connections) {
        this.connections = connections;
    }

    /** How the variant's rows differ, in words; empty when they are the same. */
    List<String> differences(CaseStatement original, CaseStatement replacement, Variant variant) {
        return rows(original).differences(rows(replacement), Set.copyOf(variant.ignoreColumns()), variant.ordered());
    }

    private ResultRows rows(CaseStatement statement) {
        try (CaseSession session = CaseSession.open(connections.open(), statement, "auto")) {
            return session.rows();
        }
    }
}
