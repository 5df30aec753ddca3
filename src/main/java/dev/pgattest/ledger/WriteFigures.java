package dev.pgattest.ledger;

/**
 * What one statement that writes took.
 *
 * @param rows inserted or updated
 * @param ms milliseconds at the client
 * @param walBytes growth of the write-ahead log, full page images included
 * @param fullPageImages number of full page images in it
 * @param buffers shared buffers touched
 * @param dirtied shared buffers that were clean and are not: each would be a full page image after a checkpoint
 * @param hotRows updated rows whose index entries could stay (heap-only tuples)
 */
public record WriteFigures(
        long rows, double ms, long walBytes, long fullPageImages, long buffers, long dirtied, long hotRows) {

    public WriteFigures {
        if (rows < 1) {
            throw new IllegalArgumentException("a statement that wrote nothing says nothing");
        }
    }
}
