package dev.pgattest.ledger;

import java.util.List;

/**
 * One index of one state: what it is, what it earns, what it costs, what follows.
 *
 * @param facts what the catalog knows of it
 * @param effects what leaving it out changes, in the order of the workload; a case that is not listed changes by exactly nothing
 * @param cost what writes pay for it
 * @param verdict what follows
 */
public record IndexEntry(IndexFacts facts, List<CaseEffect> effects, WriteCost cost, IndexVerdict verdict) {

    public IndexEntry {
        effects = List.copyOf(effects);
    }

    /** An entry with the verdict that follows. */
    public static IndexEntry of(IndexFacts facts, List<CaseEffect> effects, WriteCost cost) {
        return new IndexEntry(facts, effects, cost, IndexJudge.judge(facts, effects, cost));
    }
}
