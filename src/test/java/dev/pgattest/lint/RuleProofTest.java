package dev.pgattest.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.sql.SqlFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule claims, shown on a real server: its bad example does it, its good example does not. */
class RuleProofTest {

    static List<RuleExample> examples() throws IOException {
        return RuleExamplesTest.examples().stream()
                .filter(example -> !(example.rule().proof() instanceof Proof.Unprovable))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_bad_example_does_what_the_rule_says_and_the_good_one_does_not(RuleExample example) {
        Proof proof = example.rule().proof();
        if (proof instanceof Proof.Queues || proof instanceof Proof.FailsBesideWriter) {
            assertThat(BlockedRun.shows(example, example.bad(), proof))
                    .as("the bad example: %s", proof)
                    .isTrue();
            assertThat(BlockedRun.shows(example, example.good(), proof))
                    .as("the good example: %s", proof)
                    .isFalse();
            return;
        }
        ExampleRun bad = run(example, example.bad(), proof);
        // Looked at before the good example runs: what it is about may be shared by all databases.
        boolean shownByBad = shown(bad, proof);
        ExampleRun good = run(example, example.good(), proof);

        assertThat(good.failure()).as("the good example runs").isEmpty();
        if (!(proof instanceof Proof.Fails)) {
            assertThat(bad.failure()).as("the bad example runs").isEmpty();
        }
        assertThat(shownByBad).as("the bad example: %s", proof).isTrue();
        assertThat(shown(good, proof)).as("the good example: %s", proof).isFalse();
    }

    private static boolean shown(ExampleRun run, Proof proof) {
        if (proof instanceof Proof.TakesLock lock) {
            return run.strongestLock()
                    .filter(mode -> mode.compareTo(lock.mode()) >= 0)
                    .isPresent();
        }
        if (proof instanceof Proof.ScansUnderLock) {
            return run.scannedUnderLock();
        }
        if (proof instanceof Proof.LocksTogether) {
            return run.lockedTogether();
        }
        if (proof instanceof Proof.WorksUnderLock) {
            return run.workedUnderLock();
        }
        if (proof instanceof Proof.Rewrites) {
            return run.rewritten();
        }
        if (proof instanceof Proof.Fails failure) {
            return run.failure().equals(failure.sqlState());
        }
        return run.shows(((Proof.Shows) proof).query());
    }

    private static ExampleRun run(RuleExample example, SqlFile script, Proof proof) {
        if (proof instanceof Proof.TakesLock lock) {
            return ExampleRun.of(example.setup(), script, lock.mode(), lock.relation(), "");
        }
        if (proof instanceof Proof.ScansUnderLock scan) {
            return ExampleRun.of(example.setup(), script, scan.mode(), scan.locked(), scan.scanned());
        }
        if (proof instanceof Proof.LocksTogether locks) {
            return ExampleRun.of(example.setup(), script, locks.mode(), locks.one(), locks.other());
        }
        if (proof instanceof Proof.WorksUnderLock lock) {
            return ExampleRun.of(example.setup(), script, lock.mode(), lock.relation(), "");
        }
        String relation = proof instanceof Proof.Rewrites rewrite ? rewrite.relation() : "";
        return ExampleRun.of(example.setup(), script, LockMode.ACCESS_SHARE, relation, "");
    }
}
