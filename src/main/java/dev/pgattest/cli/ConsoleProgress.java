package dev.pgattest.cli;

import dev.pgattest.pipeline.Progress;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress on standard error: lines that replace each other and a bar on a terminal, plain lines elsewhere. */
final class ConsoleProgress implements Progress {

    private static final String CLEAR_LINE = "\r\u001b[2K";

    /**
     * Asked for the terminal's width, the library would open the terminal itself, which puts the signals back to what they do in C: an
     * interrupted program would then end without stopping its server.
     */
    private static final int BAR_WIDTH = 79;

    private final PrintWriter out;
    private final boolean terminal;
    private boolean onStep;
    private @Nullable ProgressBar bar;

    ConsoleProgress(PrintWriter out) {
        this.out = out;
        this.terminal = Terminal.showsProgress();
    }

    @Override
    public void step(String text) {
        if (terminal) {
            out.print(CLEAR_LINE + text + " ...");
            onStep = true;
        } else {
            out.println(text);
        }
        out.flush();
    }

    @Override
    public void note(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Takes an unfinished step off the screen. */
    void clear() {
        if (onStep) {
            out.print(CLEAR_LINE);
            out.flush();
            onStep = false;
        }
    }

    @Override
    public synchronized void rowsExpected(long rows) {
        if (terminal) {
            clear();
            bar = new ProgressBarBuilder()
                    .setTaskName("loading")
                    .setInitialMax(rows)
                    .setUnit("k rows", 1000)
                    .showSpeed()
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_WIDTH))
                    .build();
        }
    }

    @Override
    public synchronized void rowsLoaded(long rows) {
        if (bar != null) {
            bar.stepBy(rows);
        }
    }

    @Override
    public synchronized void rowsEnded() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
