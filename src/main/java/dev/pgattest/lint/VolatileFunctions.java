package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Set;

/** Functions that give another value each time, as {@code pg_proc.provolatile} has them. */
final class VolatileFunctions {

    /** Of pg_catalog until PostgreSQL 18, and of the extensions uuid-ossp and pgcrypto. */
    private static final Set<String> NAMES = Set.of(
            "random",
            "random_normal",
            "gen_random_uuid",
            "uuidv4",
            "uuidv7",
            "clock_timestamp",
            "timeofday",
            "nextval",
            "currval",
            "lastval",
            "setval",
            "setseed",
            "set_config",
            "array_sample",
            "array_shuffle",
            "pg_sleep",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "gen_random_bytes",
            "gen_salt");

    private VolatileFunctions() {}

    /** Those that an expression calls, without their schemas, each once. */
    static List<String> in(ParseNode expression) {
        return expression.all("FuncCall").stream()
                .map(call -> call.names("funcname"))
                .filter(name -> !name.isEmpty())
                .map(name -> name.get(name.size() - 1))
                .filter(NAMES::contains)
                .distinct()
                .toList();
    }
}
