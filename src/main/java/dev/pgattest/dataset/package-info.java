/**
 * Reproducible datasets. In comes a declaration ({@link dev.pgattest.dataset.DatasetSpec}, bound from {@code dataset.yaml} by
 * {@link dev.pgattest.dataset.DatasetBinding}), a profile and a size; out go tables ({@link dev.pgattest.dataset.TableData}) that write
 * any range of their rows as binary COPY tuples, and fingerprints of them. A value is a function of seed, table, column
 * and row, so nothing is stored and every row can be made on its own. No thread, clock, file or server is involved.
 */
@NullMarked
package dev.pgattest.dataset;

import org.jspecify.annotations.NullMarked;
