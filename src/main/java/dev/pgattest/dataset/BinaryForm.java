package dev.pgattest.dataset;

import java.time.LocalDate;

/** A field of PostgreSQL's binary COPY format: length in bytes, then what the type's receive function reads. */
final class BinaryForm extends CellForm {

    /** PostgreSQL counts days and microseconds from 2000-01-01. */
    private static final long EPOCH_DAYS = LocalDate.of(2000, 1, 1).toEpochDay();

    private static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
    private static final int NULL_LENGTH = -1;
    private static final int JSONB_VERSION = 1;

    private final ColumnType.Kind kind;
    private final NumericBinary numeric;
    private final double divisor;

    BinaryForm(ColumnType type) {
        super(type);
        kind = type.kind();
        numeric = new NumericBinary(type.scale());
        divisor = NumericBinary.powerOfTen(type.scale());
    }

    @Override
    void number(long value, TupleBuffer out) {
        switch (kind) {
            case SMALLINT -> {
                out.writeInt(2);
                out.writeShort((int) value);
            }
            case INTEGER -> fourBytes((int) value, out);
            case DATE -> fourBytes((int) (value - EPOCH_DAYS), out);
            case BIGINT -> out.writeField(value);
            case TIMESTAMP, TIMESTAMPTZ -> out.writeField(value - EPOCH_MICROS);
            case DOUBLE -> out.writeField(Double.doubleToLongBits(value / divisor));
            case BOOLEAN -> {
                out.writeInt(1);
                out.writeByte((int) value);
            }
            case NUMERIC -> numeric.write(value, out);
            default -> throw new IllegalStateException("no number is a " + type().sql());
        }
    }

    @Override
    void uuid(long high, long low, TupleBuffer out) {
        out.writeField(high, low);
    }

    @Override
    int beginText(TupleBuffer out) {
        int mark = out.length();
        out.writeInt(0);
        if (kind == ColumnType.Kind.JSONB) {
            out.writeByte(JSONB_VERSION);
        }
        return mark;
    }

    @Override
    void endText(int mark, TupleBuffer out) {
        out.setInt(mark, out.length() - mark - Integer.BYTES);
    }

    @Override
    byte[] piece(String text) {
        return utf8(text);
    }

    @Override
    void absent(TupleBuffer out) {
        out.writeInt(NULL_LENGTH);
    }

    private static void fourBytes(int value, TupleBuffer out) {
        out.writeInt(4);
        out.writeInt(value);
    }
}
