package dev.pgattest.dataset;

import dev.pgattest.PgattestException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The rows of one table, none of them stored; immutable and safe for any number of threads. */
public final class TableData {

    private static final int PROBE_BYTES = 256;
    private static final int SAMPLE_BYTES = 1 << 16;
    private static final long SAMPLE_ROWS = 100;

    private final TableLayout layout;
    private final List<Column> columns;
    private final Generator[] binary;
    private final Generator[] text;

    /** A column's name and type. */
    public record Column(String name, ColumnType type) {}

    TableData(TableLayout layout, GeneratorCompiler compiler) {
        this.layout = layout;
        this.columns = layout.spec().columns().stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList();
        this.binary = compile(compiler, CellForm.Kind.BINARY);
        this.text = compile(compiler, CellForm.Kind.TEXT);
    }

    /** The table's name as declared; it may name its schema. */
    public String name() {
        return layout.spec().name();
    }

    /** The columns in declared order, which is the order of the fields of a tuple. */
    public List<Column> columns() {
        return columns;
    }

    /** How many rows the table has; they are numbered from 0. */
    public long rows() {
        return layout.origin().rows();
    }

    /** About how many bytes the rows have, judged by the first of them, before PostgreSQL's own and without indexes. */
    public long estimatedBytes() {
        long sample = Math.min(SAMPLE_ROWS, rows());
        if (sample == 0) {
            return 0;
        }
        TupleBuffer buffer = new TupleBuffer(SAMPLE_BYTES);
        writeTuples(0, sample, buffer);
        return rows() * buffer.length() / sample;
    }

    /**
     * Appends the rows from {@code fromRow} up to, not including, {@code toRow} as tuples of PostgreSQL's binary COPY format, without
     * its header and trailer. Any ranges together give the bytes of the whole.
     *
     * @throws IndexOutOfBoundsException when the range is not within the table
     */
    public void writeTuples(long fromRow, long toRow, TupleBuffer out) {
        if (fromRow < 0 || toRow > rows() || fromRow > toRow) {
            throw new IndexOutOfBoundsException(
                    "rows " + fromRow + " to " + toRow + " of " + name() + ", which has " + rows());
        }
        RowCursor cursor = new RowCursor(layout, new TupleBuffer(PROBE_BYTES));
        for (long row = fromRow; row < toRow; row++) {
            cursor.moveTo(row);
            out.writeShort(binary.length);
            for (Generator column : binary) {
                column.write(cursor, out);
            }
        }
    }

    /**
     * The value of a column as PostgreSQL prints it with TimeZone UTC; empty for null.
     *
     * @throws PgattestException for a row or a column that the table has not
     */
    public Optional<String> text(long row, String column) {
        int index = indexOf(column);
        if (row < 0 || row >= rows()) {
            throw PgattestException.badInput(
                    "table '" + name() + "' has no row " + row, "take a row from 0 to " + (rows() - 1));
        }
        TupleBuffer out = new TupleBuffer(PROBE_BYTES);
        RowCursor cursor = new RowCursor(layout, new TupleBuffer(PROBE_BYTES)).moveTo(row);
        if (text[index].isAbsent(cursor)) {
            return Optional.empty();
        }
        text[index].write(cursor, out);
        return Optional.of(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8));
    }

    /**
     * The first row, among the first {@code limit}, whose columns have the given values; empty when there is none.
     *
     * @param values text of a value by column
     * @throws PgattestException for a column that the table has not, or a text that is no value of the column's type
     */
    public OptionalLong firstRow(Map<String, String> values, long limit) {
        return nextRow(0, values, limit);
    }

    /**
     * The next row, from {@code start} on and after the last one from the first on, whose columns have the given values; empty when there
     * is none among {@code limit} rows.
     *
     * @param start from 0, less than the number of rows
     * @param values text of a value by column
     * @throws PgattestException for a column that the table has not, or a text that is no value of the column's type
     */
    public OptionalLong nextRow(long start, Map<String, String> values, long limit) {
        int[] indexes = values.keySet().stream().mapToInt(this::indexOf).toArray();
        byte[][] cells = values.entrySet().stream()
                .map(entry -> cell(indexOf(entry.getKey()), entry.getValue()))
                .toArray(byte[][]::new);
        RowCursor cursor = new RowCursor(layout, new TupleBuffer(PROBE_BYTES));
        TupleBuffer out = new TupleBuffer(PROBE_BYTES);
        long end = Math.min(rows(), limit);
        for (long i = 0; i < end; i++) {
            long row = (start + i) % rows();
            if (matches(cursor.moveTo(row), indexes, cells, out)) {
                return OptionalLong.of(row);
            }
        }
        return OptionalLong.empty();
    }

    TableLayout layout() {
        return layout;
    }

    private boolean matches(RowCursor cursor, int[] indexes, byte[][] cells, TupleBuffer out) {
        for (int i = 0; i < indexes.length; i++) {
            out.clear();
            binary[indexes[i]].write(cursor, out);
            if (!Arrays.equals(out.array(), 0, out.length(), cells[i], 0, cells[i].length)) {
                return false;
            }
        }
        return true;
    }

    private byte[] cell(int index, String value) {
        Column column = columns.get(index);
        if (!column.type.isJson() && !column.type.accepts(value)) {
            throw PgattestException.badInput(
                    "'" + value + "' is no " + column.type.sql() + ", the type of column '" + column.name
                            + "' of table '" + name() + "'",
                    "write a value of that type");
        }
        return CellForm.Kind.BINARY.of(column.type).literal(value);
    }

    private int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw PgattestException.badInput(
                "table '" + name() + "' of the dataset has no column '" + column + "'",
                "its columns: "
                        + String.join(", ", columns.stream().map(Column::name).toList()));
    }

    private Generator[] compile(GeneratorCompiler compiler, CellForm.Kind kind) {
        return columns.stream()
                .map(column -> compiler.column(layout, column.name(), kind))
                .toArray(Generator[]::new);
    }
}
