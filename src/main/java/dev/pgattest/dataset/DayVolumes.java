package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How many rows fall on each day of a period, exactly, and which day a row falls on. */
final class DayVolumes {

    /** Daily weights are thousandths of a working day's. */
    private static final int WEIGHT_SCALE = 3;

    private final LocalDate first;

    private final long firstDay;

    /** Rows before each day, and at the end all rows. */
    private final long[] before;

    private final boolean[] spikes;

    DayVolumes(GeneratorSpec.Time time, long seed, long rows) {
        first = LocalDate.parse(time.from().substring(0, 10));
        firstDay = first.toEpochDay();
        spikes = new boolean[time.days()];
        long[] counts = new long[time.days()];
        GeneratorSpec.Spikes declared = time.spikes();
        long onSpikes = 0;
        if (declared != null) {
            chooseSpikes(seed, spikeDays(declared, time.days()));
            onSpikes = rounded(declared.share().multiply(BigDecimal.valueOf(rows)));
            divide(onSpikes, true, time.weekend(), counts);
        }
        divide(rows - onSpikes, false, time.weekend(), counts);
        before = new long[counts.length + 1];
        for (int day = 0; day < counts.length; day++) {
            before[day + 1] = before[day] + counts[day];
        }
    }

    /** How many days are spikes: the declared part of all days, rounded, but one at least. */
    static int spikeDays(GeneratorSpec.Spikes spikes, int days) {
        return (int) Math.max(1, rounded(spikes.days().multiply(BigDecimal.valueOf(days))));
    }

    long firstDay() {
        return firstDay;
    }

    boolean isSpike(int day) {
        return spikes[day];
    }

    long rowsBefore(int day) {
        return before[day];
    }

    long rowsOn(int day) {
        return before[day + 1] - before[day];
    }

    /** The day, from 0, that holds {@code row}. */
    int dayOf(long row) {
        int low = 0;
        int high = before.length - 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (before[middle + 1] > row) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void chooseSpikes(long seed, int count) {
        IntStream.range(0, spikes.length)
                .boxed()
                .sorted(Comparator.comparingLong(day -> Mix64.at(seed, day)))
                .limit(count)
                .forEach(day -> spikes[day] = true);
    }

    /** Divides rows among the days of one class by weight; rounding the running sum keeps the total exact. */
    private void divide(long rows, boolean onSpikes, BigDecimal weekend, long[] counts) {
        long total = 0;
        for (int day = 0; day < counts.length; day++) {
            total += spikes[day] == onSpikes ? weight(day, weekend) : 0;
        }
        BigDecimal all = BigDecimal.valueOf(rows);
        long weights = 0;
        long given = 0;
        for (int day = 0; day < counts.length; day++) {
            if (spikes[day] == onSpikes) {
                weights += weight(day, weekend);
                long running = all.multiply(BigDecimal.valueOf(weights))
                        .divide(BigDecimal.valueOf(total), 0, RoundingMode.HALF_UP)
                        .longValueExact();
                counts[day] = running - given;
                given = running;
            }
        }
    }

    private long weight(int day, BigDecimal weekend) {
        DayOfWeek weekday = first.plusDays(day).getDayOfWeek();
        boolean free = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
        return rounded((free ? weekend : BigDecimal.ONE).movePointRight(WEIGHT_SCALE));
    }

    private static long rounded(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
