package dev.pgattest.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.plan.ExplainOutput;
import dev.pgattest.plan.NodeMetrics;
import dev.pgattest.plan.PlanMetrics;
import dev.pgattest.plan.PlanNode;
import dev.pgattest.plan.Plans;
import dev.pgattest.plan.RowEstimate;
import dev.pgattest.plan.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every plan of {@code src/test/resources/plans} against the metrics and red flags expected of it. After a change that is meant:
 * {@code mvn test -Dtest=PlanGoldenTest -Dpgattest.golden.update=true}, then read the difference.
 */
class PlanGoldenTest {

    static List<String> plans() {
        return Plans.names();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void metrics_and_red_flags_are_as_expected(String name) throws IOException {
        String rendered = render(Plans.plan(name));
        Path expected = Plans.expected(name);
        if (Boolean.getBoolean("pgattest.golden.update")) {
            Files.writeString(expected, rendered);
        }

        assertThat(rendered).isEqualTo(Files.readString(expected));
    }

    private static String render(ExplainOutput plan) {
        RedFlagContext context = RedFlagContext.builder(plan)
                .blocking()
                .criticalTables(Set.of("purchase", "customer", "employee", "event_2024_02"))
                .tables(Map.of("customer", new RedFlagContext.TableSize(14, 2000)))
                .slo(Duration.ofMillis(50))
                .build();
        PlanMetrics metrics = context.metrics();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "shared %d, temp written %d, workers %d of %d, planning %.0f %%, jit %.0f %%, triggers %.0f %%\n",
                metrics.sharedBuffersTouched(),
                metrics.tempBlocksWritten(),
                metrics.totals().workersLaunched(),
                metrics.totals().workersPlanned(),
                metrics.shares().planning() * 100,
                metrics.shares().jit() * 100,
                metrics.shares().triggers() * 100));
        text.append("indexes ").append(metrics.indexesUsed()).append('\n');
        text.append("rows scanned ").append(metrics.rowsScanned()).append('\n');
        text.append("\nnode | wall ms | own ms | own shared | rows | removed | estimate\n");
        plan.nodes().forEach(node -> text.append(line(node, metrics.node(node.path()))));
        text.append("\nscans\n");
        for (Scan scan : metrics.scans()) {
            text.append(scan.path()).append(' ').append(scan.kind()).append(' ').append(scan.relation());
            text.append(" as ")
                    .append(scan.alias())
                    .append(' ')
                    .append(scan.indexes())
                    .append('\n');
        }
        text.append("\nred flags\n");
        RedFlagRules.raised(context)
                .forEach(flag -> text.append(flag)
                        .append("\n  help: ")
                        .append(flag.remedy())
                        .append('\n'));
        RedFlagRules.judge(context).forEach((id, outcome) -> {
            if (outcome instanceof RedFlagOutcome.NotApplicable reason) {
                text.append("not applicable[")
                        .append(id)
                        .append("]: ")
                        .append(reason.reason())
                        .append('\n');
            }
        });
        return text.toString();
    }

    private static String line(PlanNode node, NodeMetrics metrics) {
        return String.format(
                Locale.ROOT,
                "%s %s | %.3f | %.3f | %d | %.2f | %.2f | %s\n",
                node.path(),
                node.label(),
                metrics.wallMillis(),
                metrics.exclusiveMillis(),
                metrics.exclusiveBuffers().shared().touched(),
                metrics.rows(),
                metrics.rowsRemoved(),
                estimate(metrics.estimate()));
    }

    private static String estimate(@Nullable RowEstimate estimate) {
        return estimate == null
                ? "-"
                : String.format(Locale.ROOT, "%.1f -> %.1f", estimate.estimated(), estimate.actual());
    }
}
