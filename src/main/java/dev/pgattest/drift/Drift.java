package dev.pgattest.drift;

import dev.pgattest.ObjectFinding;
import java.util.List;
import java.util.stream.Stream;

/** Compares an index plan with a database. */
public final class Drift {

    private Drift() {}

    /** What was found, the gravest first; each finding once. */
    public static List<ObjectFinding> findings(DriftInput input) {
        return Stream.of(
                        new PlanRules(input).findings(),
                        new IndexSetRules(input).findings(),
                        new UseRules(input).findings(),
                        new ForeignKeyRules(input).findings())
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
    }
}
