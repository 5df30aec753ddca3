package dev.pgattest.deploy;

import java.util.Locale;

/**
 * Something that a statement of a script makes or removes, so that the catalog can be asked whether it is there.
 *
 * @param kind what it is
 * @param name as SQL writes it, as the statement does: with its schema or without; a function with its types
 * @param of the part of it that is meant, as the catalog has it: a column, constraint, trigger or policy; empty otherwise
 */
public record CatalogObject(Kind kind, String name, String of) {

    /** What it is. */
    public enum Kind {
        RELATION,
        ROUTINE,
        SCHEMA,
        TYPE,
        EXTENSION,
        COLUMN,
        CONSTRAINT,
        TRIGGER,
        POLICY
    }

    /** In words. */
    public String text() {
        String noun = kind.name().toLowerCase(Locale.ROOT);
        return of.isEmpty() ? noun + " " + name : noun + " " + of + " of " + name;
    }
}
