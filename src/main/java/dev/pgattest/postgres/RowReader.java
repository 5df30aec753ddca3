package dev.pgattest.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the current row of a result; it does not move to another. */
@FunctionalInterface
public interface RowReader<T> {

    /** The row as a value. */
    T read(ResultSet row) throws SQLException;
}
