package dev.pgattest.report;

import dev.pgattest.Severity;
import dev.pgattest.evidence.Verdict;

/** Whether text is coloured. Colour never carries meaning that the text does not. */
public enum Paint {
    NONE,
    ANSI;

    String verdict(Verdict verdict, String text) {
        return switch (verdict) {
            case PASS -> wrapped("32", text);
            case FAIL -> wrapped("31", text);
            case INCONCLUSIVE -> wrapped("33", text);
        };
    }

    String severity(Severity severity, String text) {
        return switch (severity) {
            case ERROR -> wrapped("31", text);
            case WARNING -> wrapped("33", text);
            case INFO -> wrapped("36", text);
        };
    }

    String strong(String text) {
        return wrapped("1", text);
    }

    private String wrapped(String code, String text) {
        return this == NONE ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
