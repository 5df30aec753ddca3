package dev.pgattest.pipeline;

import dev.pgattest.files.AtomicFile;
import dev.pgattest.ledger.Ledger;
import dev.pgattest.ledger.LedgerJson;
import dev.pgattest.report.LedgerMarkdown;
import java.nio.file.Path;
import java.util.List;

/** Writes the files of a ledger, each under a temporary name first. */
public final class LedgerFiles {

    private LedgerFiles() {}

    /**
     * Writes {@code ledger.json} and {@code ledger.md}, beside the evidence of the same size.
     *
     * @return the files that were written
     */
    public static List<Path> write(Ledger ledger, LedgerRequest request) {
        Path wanted = request.run().output().folder();
        Path folder = wanted == null ? EvidenceFiles.defaultFolder(ledger.data(), request.run()) : wanted;
        List<Path> files = List.of(folder.resolve("ledger.json"), folder.resolve("ledger.md"));
        AtomicFile.write(files.get(0), LedgerJson.text(ledger));
        AtomicFile.write(files.get(1), LedgerMarkdown.of(ledger));
        return files;
    }

    /**
     * Finds out before long work that there is no place for its results.
     *
     * @throws dev.pgattest.PgattestException of bad input when the folder cannot be one, or cannot be written to
     */
    static void requireWritable(LedgerRequest request) {
        Path wanted = request.run().output().folder();
        Path folder = wanted == null ? request.run().project().resolve("evidence") : wanted;
        AtomicFile.requireWritable(folder.resolve("ledger.json"), "--out");
    }
}
