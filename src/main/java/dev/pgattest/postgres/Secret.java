package dev.pgattest.postgres;

/**
 * A text that must not be shown: its {@code toString} hides it.
 *
 * @param value the text itself
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
