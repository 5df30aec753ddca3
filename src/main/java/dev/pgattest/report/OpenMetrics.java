package dev.pgattest.report;

import dev.pgattest.health.Metric;
import dev.pgattest.health.Metric.Sample;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;

/**
 * Figures in the text format of OpenMetrics 1.0, which Prometheus and the collectors of its world read.
 *
 * @see <a href="https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md">OpenMetrics</a>
 */
public final class OpenMetrics {

    private OpenMetrics() {}

    /** The figures, by name, up to and with {@code # EOF}. */
    public static String of(List<Metric> metrics) {
        MetricSnapshots snapshots =
                new MetricSnapshots(metrics.stream().map(OpenMetrics::snapshot).toList());
        return OpenMetricsTextFormatWriter.create().toDebugString(snapshots);
    }

    private static MetricSnapshot snapshot(Metric metric) {
        MetricMetadata metadata = metric.unit().isEmpty()
                ? new MetricMetadata(metric.name(), metric.help())
                : new MetricMetadata(metric.name(), metric.help(), new Unit(metric.unit()));
        return switch (metric.kind()) {
            case GAUGE ->
                new GaugeSnapshot(
                        metadata,
                        metric.samples().stream()
                                .map(sample -> new GaugeDataPointSnapshot(sample.value(), labels(sample), null))
                                .toList());
            case COUNTER ->
                new CounterSnapshot(
                        metadata,
                        metric.samples().stream()
                                .map(sample -> new CounterDataPointSnapshot(sample.value(), labels(sample), null, 0L))
                                .toList());
        };
    }

    private static Labels labels(Sample sample) {
        return Labels.of(
                List.copyOf(sample.labels().keySet()),
                List.copyOf(sample.labels().values()));
    }
}
