package dev.pgattest;

import java.util.Comparator;

/**
 * Something that a check found about an object of a database.
 *
 * @param rule the check's id
 * @param severity how much it weighs
 * @param object the object's name as SQL writes it, with its schema; empty for the database as a whole
 * @param message what is, with the values seen, and what follows from it
 * @param remedy what to do, or the SQL to run; may have several lines; empty when there is nothing to add
 */
public record ObjectFinding(String rule, Severity severity, String object, String message, String remedy)
        implements Comparable<ObjectFinding> {

    private static final Comparator<ObjectFinding> ORDER = Comparator.comparing(ObjectFinding::severity)
            .thenComparing(ObjectFinding::rule)
            .thenComparing(ObjectFinding::object)
            .thenComparing(ObjectFinding::message);

    @Override
    public int compareTo(ObjectFinding other) {
        return ORDER.compare(this, other);
    }
}
