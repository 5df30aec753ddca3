package dev.pgattest.pipeline;

import java.util.List;

/**
 * Of what to make a ledger, where and how.
 *
 * @param run the project, its server, its size and the folder of the results
 * @param states names of the states; empty for all
 */
public record LedgerRequest(ProveRequest run, List<String> states) {

    public LedgerRequest {
        states = List.copyOf(states);
    }
}
