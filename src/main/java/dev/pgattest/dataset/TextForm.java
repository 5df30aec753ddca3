package dev.pgattest.dataset;

import java.time.LocalDate;

/** PostgreSQL's text form of a value, as its output functions print it with TimeZone UTC and DateStyle ISO. */
class TextForm extends CellForm {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private final ColumnType.Kind kind;
    private final String separator;
    private final String zone;

    TextForm(ColumnType type) {
        this(type, " ", "+00");
    }

    TextForm(ColumnType type, String separator, String zone) {
        super(type);
        this.kind = type.kind();
        this.separator = separator;
        this.zone = kind == ColumnType.Kind.TIMESTAMPTZ ? zone : "";
    }

    @Override
    void number(long value, TupleBuffer out) {
        switch (kind) {
            case BOOLEAN -> out.writeAscii(truth(value));
            case DATE -> out.writeAscii(LocalDate.ofEpochDay(value).toString());
            case TIMESTAMP, TIMESTAMPTZ -> instant(value, out);
            case NUMERIC -> decimal(value, type().scale(), out);
            case DOUBLE -> shortestDecimal(value, out);
            default -> out.writeDecimal(value);
        }
    }

    @Override
    void uuid(long high, long low, TupleBuffer out) {
        out.writeHex(high >>> 32, 8);
        out.writeByte('-');
        out.writeHex(high >>> 16, 4);
        out.writeByte('-');
        out.writeHex(high, 4);
        out.writeByte('-');
        out.writeHex(low >>> 48, 4);
        out.writeByte('-');
        out.writeHex(low, 12);
    }

    @Override
    int beginText(TupleBuffer out) {
        return out.length();
    }

    @Override
    void endText(int mark, TupleBuffer out) {
        // Nothing encloses text outside of JSON.
    }

    @Override
    byte[] piece(String text) {
        return utf8(text);
    }

    @Override
    void absent(TupleBuffer out) {
        // A null has no text: the caller asks for it before.
    }

    String truth(long value) {
        return value == 0 ? "f" : "t";
    }

    private void instant(long micros, TupleBuffer out) {
        long day = Math.floorDiv(micros, MICROS_PER_DAY);
        long rest = Math.floorMod(micros, MICROS_PER_DAY);
        long second = rest / MICROS_PER_SECOND;
        out.writeAscii(LocalDate.ofEpochDay(day).toString());
        out.writeAscii(separator);
        twoDigits(second / 3600, out);
        out.writeByte(':');
        twoDigits(second / 60 % 60, out);
        out.writeByte(':');
        twoDigits(second % 60, out);
        fraction(rest % MICROS_PER_SECOND, 6, out);
        out.writeAscii(zone);
    }

    private static void twoDigits(long value, TupleBuffer out) {
        out.writeByte((int) ('0' + value / 10));
        out.writeByte((int) ('0' + value % 10));
    }

    /** Writes the point and the digits of a fraction without zeros at its end; nothing for zero. */
    private static void fraction(long value, int digits, TupleBuffer out) {
        if (value == 0) {
            return;
        }
        out.writeByte('.');
        long rest = value;
        for (long unit = NumericBinary.powerOfTen(digits - 1); rest != 0; unit /= 10) {
            out.writeByte((int) ('0' + rest / unit));
            rest %= unit;
        }
    }

    private static void decimal(long value, int scale, TupleBuffer out) {
        long unit = NumericBinary.powerOfTen(scale);
        long magnitude = Math.abs(value);
        if (value < 0) {
            out.writeByte('-');
        }
        out.writeDecimal(magnitude / unit);
        if (scale > 0) {
            out.writeByte('.');
            long fraction = magnitude % unit;
            for (long place = unit / 10; place > 0; place /= 10) {
                out.writeByte((int) ('0' + fraction / place % 10));
            }
        }
    }

    private void shortestDecimal(long value, TupleBuffer out) {
        long unit = NumericBinary.powerOfTen(type().scale());
        long magnitude = Math.abs(value);
        if (value < 0) {
            out.writeByte('-');
        }
        out.writeDecimal(magnitude / unit);
        fraction(magnitude % unit, type().scale(), out);
    }
}
