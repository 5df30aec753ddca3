package dev.pgattest.deploy;

import dev.pgattest.schema.CatalogIndex;
import dev.pgattest.sql.QualifiedName;

/** Whether the catalog has what a step brings about. */
public final class StepState {

    private StepState() {}

    /**
     * Whether the step is done, by names alone: the definition of what it builds is to be compared by the server. Steps of scripts,
     * comments and statistics leave nothing that would show it.
     */
    public static boolean isDone(Step step, CatalogSnapshot live) {
        QualifiedName index = step.subject().index();
        if (index == null) {
            return false;
        }
        return switch (step.kind()) {
            case CREATE -> live.index(index).filter(StepState::isUsable).isPresent();
            case SWAP ->
                live.index(index).isPresent()
                        && live.index(TemporaryName.ofNew(index)).isEmpty();
            case SWAP_BACK ->
                live.index(index).isPresent()
                        && live.index(TemporaryName.ofOld(index)).isEmpty();
            case RENAME ->
                live.index(index).isPresent()
                        && step.former().flatMap(live::index).isEmpty();
            case DROP, CLEAN, DROP_PARENT, DROP_CONSTRAINT -> live.index(index).isEmpty();
            case CREATE_PARENT ->
                live.index(index).filter(CatalogIndex::partitioned).isPresent();
            case ATTACH -> live.index(index).flatMap(CatalogIndex::partOf).isPresent();
            case ADD_CONSTRAINT ->
                live.index(index).flatMap(CatalogIndex::owningConstraint).isPresent();
            case SCRIPT, DATA, REFRESH, ANALYZE, REPEATABLE, COMMENT -> false;
        };
    }

    /** Valid, ready and live. */
    public static boolean isUsable(CatalogIndex index) {
        CatalogIndex.Standing standing = index.standing();
        return standing.valid() && standing.ready() && standing.live();
    }
}
