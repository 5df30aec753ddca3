package dev.pgattest.governance;

import dev.pgattest.Problem;
import java.util.List;

/**
 * One item of the list that a project must pass before its indexes and queries go into production.
 *
 * @param id short name, for programs
 * @param title what must hold
 * @param found what was found, in few words; empty when there is nothing to say
 * @param problems what is in the way, each with its remedy; empty when the item has passed
 */
public record ReadinessItem(String id, String title, String found, List<Problem> problems) {

    public ReadinessItem {
        problems = List.copyOf(problems);
    }

    /** Whether nothing is in the way. */
    public boolean passed() {
        return problems.isEmpty();
    }
}
