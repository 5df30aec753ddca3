package dev.pgattest.cli;

/** What goes to standard output; the constants are spelled as users write them. */
enum OutputFormat {
    /** For people. */
    text,
    /** For programs. */
    json
}
