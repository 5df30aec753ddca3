package dev.pgattest.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as {@code 500MB} and {@code 1.5TB}; units are powers of 1024, as in PostgreSQL's settings. */
final class SizeConverter implements ITypeConverter<Long> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(kB|MB|GB|TB)");
    private static final List<String> UNITS = List.of("b", "kb", "mb", "gb", "tb");

    @Override
    public Long convert(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is no size; write for example 500MB or 20GB");
        }
        int power = UNITS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT));
        return new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(1024).pow(power))
                .longValue();
    }
}
