package dev.pgattest.postgres;

/** A server that pgattest starts itself, by where its programs come from. */
public enum OwnServer implements ServerChoice {
    /** PostgreSQL from the class path, unpacked once for each user. */
    EMBEDDED,
    /** The installed PostgreSQL: on the path, or where distributions put it. */
    LOCAL
}
