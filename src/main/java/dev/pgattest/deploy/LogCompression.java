package dev.pgattest.deploy;

/**
 * The write-ahead log of a build, compressed where the server compresses none. A build writes its index to the log in one go; whoever
 * writes meanwhile waits for room in the log's buffers, or for the disk to take it all. Setting it takes a superuser, or from version 15
 * on the right to set it.
 */
public final class LogCompression {

    /** One row with {@code pg_settings} as {@code s} where the server compresses no log; otherwise none. */
    public static final String OF_SERVER_WITHOUT =
            "from pg_catalog.pg_settings as s where s.name = 'wal_compression' and s.setting = 'off'";

    /** The method that costs a build the least: LZ4 where the server was built with it, else PostgreSQL's own. */
    public static final String METHOD = "case when 'lz4' = any (s.enumvals) then 'lz4' else 'on' end";

    /** Whether a role may set it, in any version. */
    public static final String BY_SUPERUSER = "pg_catalog.current_setting('is_superuser') = 'on'";

    /** Whether a role may set it, from version 15 on. */
    public static final String BY_RIGHT = "pg_catalog.has_parameter_privilege('wal_compression', 'set')";

    private LogCompression() {}
}
