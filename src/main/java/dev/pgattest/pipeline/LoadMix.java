package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.TableData;
import dev.pgattest.load.ConnectionShare;
import dev.pgattest.load.OfferedRate;
import dev.pgattest.postgres.CaseStatement;
import dev.pgattest.postgres.LoadStream;
import dev.pgattest.postgres.OpenLoop;
import dev.pgattest.workload.Case;
import dev.pgattest.workload.Frequency;
import dev.pgattest.workload.Project;
import dev.pgattest.workload.Query;
import dev.pgattest.workload.Slo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queries and jobs of a workload that say how often they run, with drawn parameters, ready to be sent. */
final class LoadMix {

    /** More draws than this repeat; drawing takes time before a run, never in it. */
    private static final int MOST_DRAWS = 2_000;

    private final Project project;
    private final Dataset dataset;
    private final LoadChoice choice;
    private final ParameterDraws draws;
    private final List<Member> members = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, List<Map<String, @Nullable String>>> drawn = new HashMap<>();

    private LoadMix(Project project, Dataset dataset, LoadChoice choice) {
        this.project = project;
        this.dataset = dataset;
        this.choice = choice;
        this.draws = new ParameterDraws(dataset, OpenLoop.SEED);
    }

    /**
     * A query of the mix.
     *
     * @param count of what its frequency is for each of; 1 when it is for all
     */
    record Member(Query query, Frequency frequency, long count) {

        /** The objective under load: the loosest of its cases, for draws are of small and large tenants alike; null without any. */
        @Nullable
        Slo slo() {
            return slos().max(Comparator.comparing(Slo::limit)).orElse(null);
        }

        private Stream<Slo> slos() {
            return query.cases().stream().map(Case::slo).filter(Objects::nonNull);
        }
    }

    /** A member at a rate, as it runs in a state. */
    record Entry(Member member, OfferedRate rate, LoadStream stream) {}

    /**
     * The mix of a project.
     *
     * @throws PgattestException of bad input when no query says how often it runs, or one does for each of something unknown
     */
    static LoadMix of(Project project, Dataset dataset, LoadChoice choice) {
        LoadMix mix = ofAny(project, dataset, choice);
        if (mix.members.isEmpty()) {
            throw PgattestException.badInput(List.of(Problem.ofFile(
                    project.files().workload(),
                    "no query says how often it runs, so there is no load",
                    "write for example `frequency: 100 / day / tenant` or `frequency: 50 / s`")));
        }
        return mix;
    }

    /**
     * The mix of a project, which may be of nothing.
     *
     * @throws PgattestException of bad input when a query says how often it runs for each of something unknown
     */
    static LoadMix ofAny(Project project, Dataset dataset, LoadChoice choice) {
        LoadMix mix = new LoadMix(project, dataset, choice);
        List<Problem> problems = new ArrayList<>();
        for (Query query : project.workload().statements()) {
            Frequency frequency = query.load().frequency();
            if (frequency == null) {
                mix.notes.add(query.name() + " is not part of the load: it says no frequency");
            } else if (query.cases().isEmpty()) {
                mix.notes.add(query.name() + " is not part of the load: it has no case, so no parameters");
            } else {
                Result<Long> count = mix.count(query, frequency);
                problems.addAll(count.problems());
                if (count.problems().isEmpty()) {
                    mix.members.add(new Member(query, frequency, count.orThrow()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems);
        }
        long wanted =
                mix.wantedConnections().stream().mapToLong(Integer::longValue).sum();
        if (wanted > choice.mostConnections()) {
            mix.notes.add("the queries declare a concurrency of " + wanted + " together, so none has more than "
                    + mix.mostConnectionsOfEach()
                    + " connections, to come to about " + choice.mostConnections() + " (--connections)");
        }
        return mix;
    }

    private Result<Long> count(Query query, Frequency frequency) {
        String each = frequency.each();
        if (each.isEmpty()) {
            return Result.of(1L);
        }
        Optional<TableData> table = Stream.of(each, each + "s", each + "es")
                .flatMap(name -> dataset.table(name).stream())
                .findFirst()
                .or(dataset::members);
        return table.map(found -> Result.of(found.rows()))
                .orElseGet(() -> Result.rejected(Problem.ofFile(
                        project.files().workload(),
                        "the frequency of " + query.name() + " is for each " + each
                                + ", and the dataset has neither such a table nor `members` in its profile",
                        "write `members:` with the table of these, or a frequency for all of them")));
    }

    /** What is not part of it, and why. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** The mix as it runs in a state, with the declared rates times a factor, raised where a verdict needs more. */
    List<Entry> entries(String state, double factor, BigDecimal confidence) {
        return members.stream()
                .map(member -> entry(member, state, rate(member, factor, confidence)))
                .toList();
    }

    /** The same without raising any rate. */
    List<Entry> entriesAsDeclared(String state, double factor) {
        return members.stream()
                .map(member -> entry(member, state, OfferedRate.of(member.frequency(), member.count(), factor)))
                .toList();
    }

    private Entry entry(Member member, String state, OfferedRate rate) {
        List<CaseStatement> statements = draws(member, rate).stream()
                .map(parameters -> CaseStatements.inState(member.query(), state, parameters))
                .toList();
        return new Entry(
                member,
                rate,
                new LoadStream(
                        member.query().name(),
                        rate.perSecond(),
                        connections(member),
                        statements,
                        LoadStream.Ending.ROLLBACK));
    }

    private OfferedRate rate(Member member, double factor, BigDecimal confidence) {
        OfferedRate declared = OfferedRate.of(member.frequency(), member.count(), factor);
        Slo slo = member.slo();
        return slo == null || choice.rare() == LoadChoice.Rare.AS_DECLARED
                ? declared
                : declared.raisedTo(
                        slo.fewestSamples(confidence), choice.length().toMillis() / 1e3);
    }

    private List<Map<String, @Nullable String>> draws(Member member, OfferedRate rate) {
        double expected =
                rate.perSecond() * choice.length().plus(choice.warmup()).toMillis() / 1e3;
        int cases = member.query().cases().size();
        int count = (int) Math.max(cases, Math.min(MOST_DRAWS, Math.ceil(expected)));
        List<Map<String, @Nullable String>> known =
                drawn.getOrDefault(member.query().name(), List.of());
        if (known.size() < count) {
            known = draws.drawAll(member.query().name(), member.query().cases(), count);
            drawn.put(member.query().name(), known);
        }
        return known;
    }

    /** As many as declared, unless all together are too many: then those that declare the most are cut down to the same number. */
    private int connections(Member member) {
        int own = member.query().load().concurrency();
        return Math.min(own, mostConnectionsOfEach());
    }

    private int mostConnectionsOfEach() {
        return ConnectionShare.largest(wantedConnections(), choice.mostConnections());
    }

    private List<Integer> wantedConnections() {
        return members.stream().map(each -> each.query().load().concurrency()).toList();
    }
}
