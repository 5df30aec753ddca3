package dev.pgattest.dataset;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * How one cell is written: as a binary COPY field, as PostgreSQL's text, or as a member of a JSON document. The same generator writes
 * all three, so they can't disagree.
 */
abstract class CellForm {

    private final ColumnType type;

    CellForm(ColumnType type) {
        this.type = type;
    }

    final ColumnType type() {
        return type;
    }

    /** Writes a value that is held as one number; see {@link ColumnType#number}. */
    abstract void number(long value, TupleBuffer out);

    abstract void uuid(long high, long low, TupleBuffer out);

    /** Starts a value of characters; returns a mark for {@link #endText}. */
    abstract int beginText(TupleBuffer out);

    abstract void endText(int mark, TupleBuffer out);

    /** The bytes that stand for {@code text} between begin and end. */
    abstract byte[] piece(String text);

    abstract void absent(TupleBuffer out);

    /** The whole cell of a declared value, made once. */
    final byte[] literal(String text) {
        TupleBuffer out = new TupleBuffer(64);
        if (type.kind() == ColumnType.Kind.UUID) {
            UUID uuid = type.uuid(text).orElseThrow();
            uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(), out);
        } else if (type.isNumber()) {
            number(type.number(text).orElseThrow(), out);
        } else {
            int mark = beginText(out);
            out.writeBytes(piece(text));
            endText(mark, out);
        }
        return out.toByteArray();
    }

    /** The forms, to choose one before the type is known. */
    enum Kind {
        BINARY {
            @Override
            CellForm of(ColumnType type) {
                return new BinaryForm(type);
            }
        },
        TEXT {
            @Override
            CellForm of(ColumnType type) {
                return new TextForm(type);
            }
        },
        JSON {
            @Override
            CellForm of(ColumnType type) {
                return new JsonForm(type);
            }
        };

        abstract CellForm of(ColumnType type);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
