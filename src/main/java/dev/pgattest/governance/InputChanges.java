package dev.pgattest.governance;

import dev.pgattest.Problem;
import dev.pgattest.evidence.InputDigest;
import dev.pgattest.evidence.StoredEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What has changed in a project since its evidence was measured. */
public final class InputChanges {

    private static final String MEASURE_AGAIN = "measure again with `pgattest prove`, or restore it";

    private InputChanges() {}

    /**
     * One problem for each difference, sorted by file; empty when the evidence is of today's files.
     *
     * @param today digests of the project's files
     * @param definition SHA-256 of the dataset's declaration today, at the size of the evidence
     */
    public static List<Problem> since(StoredEvidence evidence, List<InputDigest> today, String definition) {
        List<InputDigest> measured = evidence.inputs();
        if (measured == null) {
            return List.of(Problem.ofInput(
                    "the evidence does not say which files it is of: an older version (" + evidence.pgattest()
                            + ") made it",
                    "run `pgattest prove` again"));
        }
        Map<String, InputDigest> before = byName(measured);
        Map<String, InputDigest> now = byName(today);
        List<Problem> changes = new ArrayList<>();
        now.forEach((name, input) -> {
            InputDigest old = before.get(name);
            if (old == null) {
                changes.add(change(input, "is new since the evidence"));
            } else if (!old.sha256().equals(input.sha256())) {
                changes.add(change(input, "has changed since the evidence"));
            }
        });
        before.forEach((name, input) -> {
            if (!now.containsKey(name)) {
                changes.add(change(input, "was measured and is gone"));
            }
        });
        if (changes.isEmpty() && !definition.equals(evidence.data().definition())) {
            changes.add(Problem.ofInput(
                    "the same declaration gives other rows than those of the evidence", "run `pgattest prove` again"));
        }
        return changes.stream().sorted().toList();
    }

    private static Problem change(InputDigest input, String what) {
        String subject = input.part().isEmpty() ? "the file" : input.part();
        return Problem.ofFile(input.file(), subject + " " + what, MEASURE_AGAIN);
    }

    private static Map<String, InputDigest> byName(List<InputDigest> inputs) {
        return inputs.stream()
                .collect(Collectors.toMap(
                        InputDigest::name, Function.identity(), (first, second) -> second, TreeMap::new));
    }
}
