package dev.pgattest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintAccumulatorTest {

    private static final TableData TABLE = DatasetYaml.dataset("""
                    profiles:
                      small: {seed: 5, rows: {points: 1000}}
                    tables:
                      points:
                        columns:
                          id: {type: bigint, identifier: {}}
                          note: {type: text, characters: {min: 0, max: 30}, null_share: 0.3}
                    """).tables().get(0);

    @Test
    void the_fingerprint_of_given_rows_is_pinned() {
        assertThat(of(0, 1000).fingerprint("points").line())
                .isEqualTo("f64ce6ed123c8e1c5fca0104acf5080dadfa2b7505d8136a39615ec34acfe6e6  1000  points");
    }

    @Test
    void any_partition_in_any_order_has_the_same_fingerprint() {
        Fingerprint whole = of(0, 1000).fingerprint("points");
        for (int round = 0; round < 20; round++) {
            long first = Mix64.bounded(Mix64.at(1, round), 1000);
            long second = first + Mix64.bounded(Mix64.at(2, round), 1001 - first);
            FingerprintAccumulator joined = of(second, 1000);
            joined.merge(of(0, first));
            joined.merge(of(first, second));
            assertThat(joined.fingerprint("points")).isEqualTo(whole);
        }
    }

    @Test
    void a_missing_a_repeated_or_a_changed_row_has_another_fingerprint() {
        Fingerprint whole = of(0, 1000).fingerprint("points");
        FingerprintAccumulator repeated = of(0, 999);
        repeated.merge(of(998, 999));
        assertThat(of(0, 999).fingerprint("points")).isNotEqualTo(whole);
        assertThat(repeated.fingerprint("points").rows()).isEqualTo(1000);
        assertThat(repeated.fingerprint("points").sha256()).isNotEqualTo(whole.sha256());
    }

    @Test
    void rows_read_from_a_stream_cut_anywhere_have_the_same_fingerprint() {
        TupleBuffer tuples = new TupleBuffer(16);
        TABLE.writeTuples(0, 1000, tuples);
        byte[] stream = new byte[BinaryCopy.header().length + tuples.length() + 2];
        System.arraycopy(BinaryCopy.header(), 0, stream, 0, BinaryCopy.header().length);
        System.arraycopy(tuples.array(), 0, stream, BinaryCopy.header().length, tuples.length());
        System.arraycopy(BinaryCopy.trailer(), 0, stream, stream.length - 2, 2);
        for (int size : List.of(1, 7, 1000, stream.length)) {
            FingerprintAccumulator read = new FingerprintAccumulator();
            BinaryCopy.TupleReader reader = new BinaryCopy.TupleReader(read::add);
            for (int start = 0; start < stream.length; start += size) {
                reader.accept(Arrays.copyOfRange(stream, start, Math.min(stream.length, start + size)));
            }
            reader.finish();
            assertThat(read.fingerprint("points")).isEqualTo(of(0, 1000).fingerprint("points"));
        }
    }

    @Test
    void a_stream_that_is_cut_off_or_not_binary_is_refused() {
        BinaryCopy.TupleReader cut = new BinaryCopy.TupleReader((bytes, offset, length) -> {});
        cut.accept(BinaryCopy.header());
        assertThatThrownBy(cut::finish)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("trailer");
        BinaryCopy.TupleReader text = new BinaryCopy.TupleReader((bytes, offset, length) -> {});
        assertThatThrownBy(() -> text.accept(new byte[40])).hasMessageContaining("binary COPY format");
    }

    @Test
    void a_line_is_read_back() {
        Fingerprint fingerprint = of(0, 10).fingerprint("public.points of interest");
        assertThat(Fingerprint.parse(fingerprint.line())).contains(fingerprint);
        assertThat(Fingerprint.parse("abc  1  points")).isEmpty();
    }

    private static FingerprintAccumulator of(long from, long to) {
        FingerprintAccumulator accumulator = new FingerprintAccumulator();
        accumulator.addRows(TABLE, from, to);
        return accumulator;
    }
}
