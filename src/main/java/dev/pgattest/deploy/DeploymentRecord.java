package dev.pgattest.deploy;

import dev.pgattest.sql.QualifiedName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of one deployment.
 *
 * @param id its number
 * @param project name of the project
 * @param direction which way it goes
 * @param from the state before it
 * @param to the state after it
 * @param plan digest of the plan that was last carried out for it
 * @param undoes the deployment that it takes back; null for none
 * @param outcome how it ended
 * @param startedAt by the server's clock
 * @param finishedAt null while it is unfinished
 * @param steps every attempt at a step, in the order in which they began
 */
public record DeploymentRecord(
        long id,
        String project,
        DeploymentPlan.Direction direction,
        String from,
        String to,
        String plan,
        @Nullable Long undoes,
        Outcome outcome,
        Instant startedAt,
        @Nullable Instant finishedAt,
        List<StepRecord> steps) {

    /** How a deployment ended. */
    public enum Outcome {
        UNFINISHED,
        DONE,
        /** It was taken back, by a rollback that is done. */
        UNDONE
    }

    /**
     * An attempt at a step.
     *
     * @param key see {@link Step#key}
     * @param kind what the step does
     * @param object what it works on
     * @param index the index that it works on; null for none
     * @param before that index as it was before the deployment, under its former name where it was renamed; null when there was none
     * @param actor who did it
     * @param outcome {@code running}, {@code done} or {@code failed}; {@code running} too when nobody was left to say how it ended
     * @param startedAt by the server's clock
     * @param finishedAt null when nobody was left to write it
     * @param message why it failed; empty otherwise
     * @param waits how often it was tried again, and for whom it waited
     */
    public record StepRecord(
            String key,
            String kind,
            String object,
            @Nullable QualifiedName index,
            @Nullable WantedIndex before,
            Actor actor,
            String outcome,
            Instant startedAt,
            @Nullable Instant finishedAt,
            String message,
            Waits waits) {}

    /**
     * What a step had to wait for.
     *
     * @param retries how often it was tried again
     * @param blockers the sessions that it waited for, as far as somebody looked, in one line each
     */
    public record Waits(int retries, List<String> blockers) {

        /** It did not wait. */
        public static final Waits NONE = new Waits(0, List.of());

        public Waits {
            blockers = List.copyOf(blockers);
        }

        /** In words; empty when it did not wait. */
        public String text() {
            String again = retries == 0 ? "" : "tried again " + (retries == 1 ? "once" : retries + " times");
            String waited = blockers.isEmpty() ? "" : "waited for " + String.join("; ", blockers);
            return again + (again.isEmpty() || waited.isEmpty() ? "" : ", ") + waited;
        }
    }

    /**
     * Who ran a step.
     *
     * @param operator name of the person's account
     * @param host the machine
     * @param process number of the process
     */
    public record Actor(String operator, String host, long process) {}

    public DeploymentRecord {
        steps = List.copyOf(steps);
    }

    /** Whether somebody has to go on with it or take it back. */
    public boolean isUnfinished() {
        return outcome == Outcome.UNFINISHED;
    }

    /** The keys of the steps that are done. */
    public Set<String> doneKeys() {
        return steps.stream()
                .filter(step -> step.outcome().equals("done"))
                .map(StepRecord::key)
                .collect(Collectors.toSet());
    }

    /** The scripts' steps that are done. */
    public List<StepRecord> doneScripts() {
        return steps.stream()
                .filter(step -> step.outcome().equals("done"))
                .filter(step ->
                        StepKind.of(step.kind()).filter(StepKind::isOfScript).isPresent())
                .toList();
    }

    /** The indexes that it has worked on, each as it was before. */
    public Map<QualifiedName, Optional<WantedIndex>> touched() {
        Map<QualifiedName, Optional<WantedIndex>> touched = new LinkedHashMap<>();
        for (StepRecord step : steps) {
            WantedIndex before = step.before();
            if (before != null && !before.name().equals(step.index())) {
                touched.putIfAbsent(before.name(), Optional.of(before));
                before = null;
            }
            if (step.index() != null) {
                touched.putIfAbsent(step.index(), Optional.ofNullable(before));
            }
        }
        return touched;
    }
}
