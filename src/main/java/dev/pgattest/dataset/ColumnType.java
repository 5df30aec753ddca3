package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The PostgreSQL type of a generated column, as far as its binary form needs it.
 *
 * @param kind what the values are
 * @param length longest value in characters for {@code varchar(n)}, precision in digits for {@code numeric(p,s)}, otherwise 0
 * @param scale digits after the point: of {@code numeric(p,s)}, 6 for {@code double precision} (its values are multiples of a
 *     millionth, so that their text is exact), otherwise 0
 */
public record ColumnType(Kind kind, int length, int scale) {

    /** The families of types. */
    public enum Kind {
        /** Two-byte integer. */
        SMALLINT,
        /** Four-byte integer. */
        INTEGER,
        /** Eight-byte integer. */
        BIGINT,
        /** True or false. */
        BOOLEAN,
        /** Exact decimal with declared precision and scale. */
        NUMERIC,
        /** Eight-byte binary floating point. */
        DOUBLE,
        /** A day. */
        DATE,
        /** An instant without a zone, read as UTC. */
        TIMESTAMP,
        /** An instant. */
        TIMESTAMPTZ,
        /** 128-bit identifier. */
        UUID,
        /** Text of any length. */
        TEXT,
        /** Text of limited length. */
        VARCHAR,
        /** A label of an enumeration, sent as text. */
        ENUM,
        /** JSON text kept as written. */
        JSON,
        /** Decomposed JSON. */
        JSONB,
        /** Inside a JSON document: the type of the column that is copied. */
        COPIED
    }

    /** Inside a JSON document: the type of the column that is copied. */
    public static final ColumnType COPIED = new ColumnType(Kind.COPIED, 0, 0);

    /** Every spelling that {@link #parse} knows, for messages. */
    public static final String KNOWN =
            "smallint, integer, bigint, boolean, numeric(p,s), double precision, date, timestamp, timestamptz, uuid, text, varchar(n), enum, json, jsonb";

    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int MOST_DIGITS = 18;
    private static final int DOUBLE_SCALE = 6;
    private static final Pattern SHAPE =
            Pattern.compile("([a-z0-9 ]+?) *(?:\\( *(\\d{1,9}) *(?:, *(\\d{1,9}) *)?\\))?");
    private static final Pattern HOUR_OFFSET = Pattern.compile("T.*[+-]\\d\\d$");
    private static final Map<String, Kind> NAMES = Map.ofEntries(
            Map.entry("smallint", Kind.SMALLINT),
            Map.entry("int2", Kind.SMALLINT),
            Map.entry("integer", Kind.INTEGER),
            Map.entry("int", Kind.INTEGER),
            Map.entry("int4", Kind.INTEGER),
            Map.entry("bigint", Kind.BIGINT),
            Map.entry("int8", Kind.BIGINT),
            Map.entry("boolean", Kind.BOOLEAN),
            Map.entry("bool", Kind.BOOLEAN),
            Map.entry("numeric", Kind.NUMERIC),
            Map.entry("decimal", Kind.NUMERIC),
            Map.entry("double precision", Kind.DOUBLE),
            Map.entry("float8", Kind.DOUBLE),
            Map.entry("date", Kind.DATE),
            Map.entry("timestamp", Kind.TIMESTAMP),
            Map.entry("timestamp without time zone", Kind.TIMESTAMP),
            Map.entry("timestamptz", Kind.TIMESTAMPTZ),
            Map.entry("timestamp with time zone", Kind.TIMESTAMPTZ),
            Map.entry("uuid", Kind.UUID),
            Map.entry("text", Kind.TEXT),
            Map.entry("varchar", Kind.VARCHAR),
            Map.entry("character varying", Kind.VARCHAR),
            Map.entry("enum", Kind.ENUM),
            Map.entry("json", Kind.JSON),
            Map.entry("jsonb", Kind.JSONB));

    /** Reads a type as SQL spells it, in any case; empty when it is unknown or its limits are missing or not supported. */
    public static Optional<ColumnType> parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || !NAMES.containsKey(matcher.group(1))) {
            return Optional.empty();
        }
        Kind kind = NAMES.get(matcher.group(1));
        int first = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
        int second = matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3));
        return switch (kind) {
            case NUMERIC -> numeric(first, Math.max(second, 0));
            case VARCHAR -> first == -1 ? Optional.of(new ColumnType(Kind.TEXT, 0, 0)) : limited(kind, first, second);
            case DOUBLE -> plain(new ColumnType(kind, 0, DOUBLE_SCALE), first);
            default -> plain(new ColumnType(kind, 0, 0), first);
        };
    }

    /** The type as SQL spells it. */
    public String sql() {
        return switch (kind) {
            case NUMERIC -> "numeric(" + length + "," + scale + ")";
            case VARCHAR -> "varchar(" + length + ")";
            case DOUBLE -> "double precision";
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether values are characters: text, varchar or an enumeration's label. */
    public boolean isText() {
        return kind == Kind.TEXT || kind == Kind.VARCHAR || kind == Kind.ENUM;
    }

    /** Whether values are JSON documents. */
    public boolean isJson() {
        return kind == Kind.JSON || kind == Kind.JSONB;
    }

    /** Whether values are whole numbers of two, four or eight bytes. */
    public boolean isInteger() {
        return kind == Kind.SMALLINT || kind == Kind.INTEGER || kind == Kind.BIGINT;
    }

    /** Whether values are days or instants. */
    public boolean isTime() {
        return kind == Kind.DATE || kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ;
    }

    /** Whether values are held as one number; see {@link #number(String)}. */
    boolean isNumber() {
        return isInteger() || isTime() || kind == Kind.BOOLEAN || kind == Kind.NUMERIC || kind == Kind.DOUBLE;
    }

    /** Whether {@code text} is a value of this type; text is always one unless it is too long or holds a zero character. */
    boolean accepts(String text) {
        if (isText()) {
            return text.indexOf('\0') < 0 && (kind != Kind.VARCHAR || text.codePointCount(0, text.length()) <= length);
        }
        return kind == Kind.UUID ? uuid(text).isPresent() : number(text).isPresent();
    }

    /** The identifier that {@code text} spells; empty when it spells none. */
    Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException notAnIdentifier) {
            return Optional.empty();
        }
    }

    /**
     * The number that holds the value {@code text}: the integer; 0 or 1; the unscaled decimal; days or microseconds since 1970 in UTC.
     * Empty when the text is no value of this type.
     */
    OptionalLong number(String text) {
        try {
            return switch (kind) {
                case SMALLINT -> OptionalLong.of(Short.parseShort(text));
                case INTEGER -> OptionalLong.of(Integer.parseInt(text));
                case BIGINT -> OptionalLong.of(Long.parseLong(text));
                case BOOLEAN -> truth(text);
                case NUMERIC, DOUBLE -> decimal(text);
                case DATE -> OptionalLong.of(LocalDate.parse(text).toEpochDay());
                case TIMESTAMP, TIMESTAMPTZ -> OptionalLong.of(micros(instant(text)));
                default -> OptionalLong.empty();
            };
        } catch (NumberFormatException | DateTimeException | ArithmeticException notOfThisType) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong decimal(String text) {
        BigDecimal value = new BigDecimal(text).setScale(scale);
        boolean fits = value.precision() <= (kind == Kind.NUMERIC ? length : MOST_DIGITS);
        return fits ? OptionalLong.of(value.unscaledValue().longValueExact()) : OptionalLong.empty();
    }

    private static OptionalLong truth(String text) {
        return switch (text) {
            case "true" -> OptionalLong.of(1);
            case "false" -> OptionalLong.of(0);
            default -> OptionalLong.empty();
        };
    }

    private Instant instant(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        String iso = text.replace(' ', 'T');
        return kind == Kind.TIMESTAMP
                ? LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)
                : OffsetDateTime.parse(HOUR_OFFSET.matcher(iso).find() ? iso + ":00" : iso)
                        .toInstant();
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1000);
    }

    private static Optional<ColumnType> numeric(int precision, int scale) {
        boolean supported = precision >= 1 && precision <= MOST_DIGITS && scale <= Math.min(precision, 15);
        return supported ? Optional.of(new ColumnType(Kind.NUMERIC, precision, scale)) : Optional.empty();
    }

    private static Optional<ColumnType> limited(Kind kind, int length, int second) {
        return length >= 1 && second == -1 ? Optional.of(new ColumnType(kind, length, 0)) : Optional.empty();
    }

    private static Optional<ColumnType> plain(ColumnType type, int argument) {
        return argument == -1 ? Optional.of(type) : Optional.empty();
    }
}
