package dev.pgattest.report;

import java.util.ArrayList;
import java.util.List;

/** A table of text with aligned columns; the last column is never padded. */
final class TextTable {

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A column. Content beyond the width limit is cut in the middle with an ellipsis. */
    record Column(String title, boolean right, int widest) {

        static Column left(String title, int widest) {
            return new Column(title, false, widest);
        }

        static Column right(String title, int widest) {
            return new Column(title, true, widest);
        }
    }

    TextTable(Column... columns) {
        this.columns = List.of(columns);
    }

    void add(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            row.add(shortened(cells[i], columns.get(i).widest()));
        }
        rows.add(row);
    }

    /** The lines of the table, titles first. */
    List<String> lines() {
        int[] widths =
                columns.stream().mapToInt(column -> column.title().length()).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::title).toList(), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(Math.max(0, widths[i] - length(cells.get(i))));
            line.append(i == 0 ? "" : "  ");
            if (columns.get(i).right()) {
                line.append(padding).append(cells.get(i));
            } else {
                line.append(cells.get(i)).append(i == cells.size() - 1 ? "" : padding);
            }
        }
        return line.toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String shortened(String text, int widest) {
        int[] points = text.codePoints().toArray();
        if (points.length <= widest) {
            return text;
        }
        int head = (widest - 1) * 2 / 3;
        int tail = widest - 1 - head;
        return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
    }
}
