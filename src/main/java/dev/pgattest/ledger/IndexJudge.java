package dev.pgattest.ledger;

import dev.pgattest.ledger.IndexVerdict.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Gives an index its verdict. Times do not count: only what repeats exactly, buffers and facts of the catalog, so that two runs agree.
 */
public final class IndexJudge {

    /** An index earns when some case touches at least this part fewer buffers because of it. */
    public static final double EARNING_SHARE = 0.1;

    private final IndexFacts facts;
    private final List<CaseEffect> effects;
    private final WriteCost cost;
    private final Optional<CaseEffect> best;
    private final Optional<CaseEffect> harm;

    private IndexJudge(IndexFacts facts, List<CaseEffect> effects, WriteCost cost) {
        this.facts = facts;
        this.effects = effects;
        this.cost = cost;
        this.best = effects.stream()
                .max(Comparator.comparing(CaseEffect::isLost)
                        .thenComparing(CaseEffect::saved)
                        .thenComparing(effect -> -effects.indexOf(effect)));
        this.harm = effects.stream()
                .filter(effect -> effect.saved() < 0)
                .min(Comparator.comparingLong(CaseEffect::saved).thenComparing(effects::indexOf));
    }

    /** The verdict of an index. */
    public static IndexVerdict judge(IndexFacts facts, List<CaseEffect> effects, WriteCost cost) {
        return new IndexJudge(facts, effects, cost).judge();
    }

    private IndexVerdict judge() {
        Decision decision = decide();
        List<String> reasons = new ArrayList<>();
        switch (decision) {
            case ENFORCES -> reasons.add("it enforces " + facts.duties().enforces());
            case REDUNDANT -> facts.duties().redundancy().ifPresent(other -> reasons.add(redundancy(other)));
            case SERVES_FOREIGN_KEY -> reasons.add(foreignKeys());
            case UNUSED -> reasons.add("no case of the workload reads it or is planned otherwise without it");
            case TOO_DEAR -> reasons.add(whyTooDear());
            case EARNS_ITS_KEEP -> {}
        }
        best.filter(effect -> decision != Decision.TOO_DEAR && (effect.saved() > 0 || effect.buffersWithout() == null))
                .map(this::earning)
                .ifPresent(reasons::add);
        harm.map(IndexJudge::harming).ifPresent(reasons::add);
        facts.holder().ifPresent(holder -> reasons.add("it cannot be left out: " + holder));
        price().ifPresent(reasons::add);
        lostUpdates().ifPresent(reasons::add);
        return new IndexVerdict(decision, reasons);
    }

    private Decision decide() {
        boolean redundant = facts.duties().redundancy().isPresent();
        if (redundant && !earns()) {
            return Decision.REDUNDANT;
        }
        if (!facts.duties().enforces().isEmpty()) {
            return Decision.ENFORCES;
        }
        if (earns()) {
            return Decision.EARNS_ITS_KEEP;
        }
        if (!facts.duties().foreignKeys().isEmpty()) {
            return Decision.SERVES_FOREIGN_KEY;
        }
        return effects.isEmpty() ? Decision.UNUSED : Decision.TOO_DEAR;
    }

    /** A case that is lost without it counts whatever it costs; so does one that reads what cannot be left out. */
    private boolean earns() {
        return best.filter(effect -> effect.isLost() || effect.outcome() == CaseEffect.Outcome.USED || pays(effect))
                .isPresent();
    }

    private boolean pays(CaseEffect effect) {
        return effect.share() >= EARNING_SHARE && effect.saved() >= pricePerRow() && effect.saved() >= lostByReading();
    }

    /** Buffers that the dearest written row costs more: an inserted one, or one that a case of the workload writes. */
    private double pricePerRow() {
        return Math.max(
                cost.buffersPerInsert(),
                effects.stream()
                        .filter(effect -> effect.rowsWritten() > 0)
                        .mapToDouble(effect -> (double) effect.lost() / effect.rowsWritten())
                        .max()
                        .orElse(0));
    }

    /** Buffers that a case which only reads touches more, because the planner chooses the index to its disadvantage. */
    private long lostByReading() {
        return effects.stream()
                .filter(effect -> effect.rowsWritten() == 0)
                .mapToLong(CaseEffect::lost)
                .max()
                .orElse(0);
    }

    private static String redundancy(IndexFacts.Substitute redundancy) {
        return redundancy.other() + " does all that it does: " + redundancy.reason();
    }

    private String foreignKeys() {
        return "no other index serves the foreign key "
                + String.join(", ", facts.duties().foreignKeys())
                + (effects.isEmpty() ? ", and no case of the workload needs it" : "");
    }

    private String whyTooDear() {
        CaseEffect effect = best.orElseThrow();
        if (effect.saved() <= 0) {
            return "no case touches fewer buffers because of it";
        }
        String why = effect.share() < EARNING_SHARE
                ? "less than " + percent(EARNING_SHARE) + " fewer"
                : effect.saved() < pricePerRow() ? "less than a written row costs" : "less than another case loses";
        return "the most that it saves: " + figures(effect) + ", " + why;
    }

    private String earning(CaseEffect effect) {
        return switch (effect.outcome()) {
            case BEYOND_LIMIT ->
                name(effect) + " touches " + count(effect.buffersWith())
                        + " buffers with it and does not end within the limit without";
            case REFUSED -> name(effect) + " does not run without it";
            case USED -> name(effect) + " reads it";
            case MEASURED ->
                figures(effect)
                        + (effect.saved() > 0 ? " (" + percent(effect.share()) + " fewer)" : "")
                        + breakEven(effect);
        };
    }

    private static String harming(CaseEffect effect) {
        return figures(effect)
                + (effect.rowsWritten() > 0
                        ? ", for " + count(effect.rowsWritten()) + (effect.rowsWritten() == 1 ? " row" : " rows")
                                + " that it writes"
                        : ": the planner chooses the index to its disadvantage");
    }

    private static String figures(CaseEffect effect) {
        Long without = effect.buffersWithout();
        return name(effect) + " touches " + count(effect.buffersWith()) + " buffers with it, "
                + count(without == null ? 0 : without) + " without";
    }

    private String breakEven(CaseEffect effect) {
        double perRow = cost.buffersPerInsert();
        return perRow <= 0 || effect.saved() <= 0
                ? ""
                : ": one execution makes up for " + count((long) Math.floor(effect.saved() / perRow))
                        + " inserted rows";
    }

    private Optional<String> price() {
        double perRow = cost.buffersPerInsert();
        return perRow <= 0
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "an inserted row costs %.1f buffers more with it", perRow));
    }

    private Optional<String> lostUpdates() {
        return cost.indexedUpdates()
                .filter(updates -> updates.hotLost() > 0)
                .map(updates -> "of 10,000 updates of " + updates.column() + ", " + count(updates.hotLost())
                        + " are heap-only without it and not with it");
    }

    private static String name(CaseEffect effect) {
        return effect.query() + " " + effect.caseName();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
