package dev.pgattest.benchmark;

import dev.pgattest.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs pgattest and writes down, when it ends, the sum of the peaks of its heap's parts in bytes: not less than the heap's peak. */
final class HeapProbe {

    private HeapProbe() {}

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> write(file)));
        Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void write(Path file) {
        long bytes = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        try {
            Files.writeString(file, String.valueOf(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
