package dev.pgattest.document;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds an entry to a mapping of a YAML text and leaves every other character as it is: comments, order, quotes, line ends. What comes
 * out is read again and must be the old values with the new one, otherwise the text is refused.
 */
public final class YamlInsertion {

    private static final int USUAL_STEP = 2;

    private final String file;
    private final String text;
    private final String key;
    private final List<Event> events = new ArrayList<>();

    private YamlInsertion(String file, String text, String key) {
        this.file = file;
        this.text = text;
        this.key = key;
    }

    /**
     * The text with one more entry, the last of the mapping that the root has under {@code key}.
     *
     * @param file the text's path, for messages
     * @param value texts, flags and mappings of them
     */
    public static Result<String> insert(String file, String text, String key, String name, ObjectNode value) {
        return Document.parse(file, text).then(before -> {
            YamlInsertion insertion = new YamlInsertion(file, text, key);
            return insertion.insert(name, value).then(after -> insertion.verified(before, after, name, value));
        });
    }

    private Result<String> insert(String name, ObjectNode value) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        new Parse(settings).parseString(text).forEach(events::add);
        int root = 0;
        while (!(events.get(root) instanceof MappingStartEvent)) {
            root++;
        }
        boolean inBraces = isFlow(root);
        for (int at = root + 1; events.get(at).getEventId() != Event.ID.MappingEnd; at = after(after(at))) {
            if (events.get(at) instanceof ScalarEvent scalar
                    && scalar.getValue().equals(key)) {
                return insertInto(at, inBraces, name, value);
            }
        }
        return refused("the file has no '" + key + "'");
    }

    private Result<String> insertInto(int keyAt, boolean inBraces, String name, ObjectNode value) {
        int start = keyAt + 1;
        int end = after(start) - 1;
        boolean isMapping = events.get(start) instanceof MappingStartEvent;
        boolean isNull = events.get(start) instanceof ScalarEvent scalar
                && scalar.isPlain()
                && List.of("", "~", "null").contains(scalar.getValue());
        if (!isMapping && !isNull) {
            return refused("'" + key + "' is not a mapping that is written out here");
        }
        if (isNull || end == start + 1) {
            String flow = "{" + YamlText.scalar(name) + ": " + value + "}";
            return Result.of(inBraces ? replaced(start, end, flow) : belowEmpty(keyAt, end, name, value));
        }
        return Result.of(isFlow(start) ? insideBraces(start, end, name, value) : belowLast(start, end, name, value));
    }

    private String replaced(int start, int end, String replacement) {
        return text.substring(0, startOf(start)) + replacement + text.substring(endOf(end));
    }

    private String belowEmpty(int keyAt, int end, String name, ObjectNode value) {
        String emptied = replaced(keyAt + 1, end, "");
        int line = endOfLine(emptied, startOf(keyAt + 1));
        int indent = column(keyAt) + USUAL_STEP;
        return inserted(emptied, line, YamlText.block(name, value, indent, USUAL_STEP));
    }

    private String insideBraces(int start, int end, String name, ObjectNode value) {
        int at = contentEnd(start, end);
        String rest = text.substring(at);
        boolean hasComma = rest.stripLeading().startsWith(",");
        int behind = hasComma ? at + rest.indexOf(',') + 1 : at;
        return text.substring(0, behind) + (hasComma ? " " : ", ") + YamlText.scalar(name) + ": " + value
                + text.substring(behind);
    }

    private String belowLast(int start, int end, String name, ObjectNode value) {
        int indent = column(start + 1);
        int at = contentEnd(start, end);
        boolean atLineStart = at > 0 && text.charAt(at - 1) == '\n';
        int line = behindComments(atLineStart ? at : endOfLine(text, at), indent);
        String block = YamlText.block(name, value, indent, step(start));
        boolean apart = blankLineBefore(start, end) && !isBlankLineAbove(line);
        return inserted(text, line, apart ? "\n" + block : block);
    }

    /** Comments right below that are indented like an entry are about the entries above. */
    private int behindComments(int line, int indent) {
        int at = line;
        while (at < text.length()) {
            int next = endOfLine(text, at);
            String content = text.substring(at, next);
            int column = content.length() - content.stripLeading().length();
            if (column < Math.max(1, indent) || !content.stripLeading().startsWith("#")) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private String inserted(String into, int at, String block) {
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        boolean needsEnd = at > 0 && into.charAt(at - 1) != '\n';
        return into.substring(0, at) + (needsEnd ? end : "") + block.replace("\n", end) + into.substring(at);
    }

    /** Whether entries of the mapping are set apart by empty lines. */
    private boolean blankLineBefore(int start, int end) {
        for (int at = after(after(start + 1)); at < end; at = after(after(at))) {
            int lineStart = text.lastIndexOf('\n', startOf(at)) + 1;
            if (isBlankLineAbove(lineStart)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBlankLineAbove(int lineStart) {
        if (lineStart == 0 || text.charAt(lineStart - 1) != '\n') {
            return false;
        }
        int above = text.lastIndexOf('\n', lineStart - 2) + 1;
        return text.substring(above, lineStart).isBlank();
    }

    private int step(int start) {
        boolean nested = events.get(start + 2) instanceof MappingStartEvent && !isFlow(start + 2);
        int step = nested ? column(start + 3) - column(start + 1) : USUAL_STEP;
        return step > 0 ? step : USUAL_STEP;
    }

    /** Where the last value of a mapping ends; ends of blocks reach over the comments below them, so they do not count. */
    private int contentEnd(int start, int end) {
        int last = startOf(start);
        for (int at = start + 1; at < end; at++) {
            boolean isContent =
                    switch (events.get(at).getEventId()) {
                        case Scalar, Alias -> true;
                        case MappingEnd, SequenceEnd -> isFlowEnd(at);
                        default -> false;
                    };
            if (isContent) {
                last = Math.max(last, endOf(at));
            }
        }
        return last;
    }

    /** The end of a flow collection is its bracket, the end of a block is empty. */
    private boolean isFlowEnd(int at) {
        return endOf(at) > startOf(at);
    }

    private boolean isFlow(int at) {
        return events.get(at) instanceof MappingStartEvent mapping && mapping.getFlowStyle() == FlowStyle.FLOW;
    }

    /** The event behind the node that begins at an event. */
    private int after(int at) {
        int depth = 0;
        int next = at;
        do {
            switch (events.get(next).getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            next++;
        } while (depth > 0);
        return next;
    }

    private static int endOfLine(String text, int from) {
        int feed = text.indexOf('\n', from);
        return feed < 0 ? text.length() : feed + 1;
    }

    private int column(int at) {
        return events.get(at).getStartMark().map(Mark::getColumn).orElse(0);
    }

    private int startOf(int at) {
        return offset(events.get(at).getStartMark());
    }

    private int endOf(int at) {
        return offset(events.get(at).getEndMark());
    }

    private int offset(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private Result<String> verified(Document before, String after, String name, ObjectNode value) {
        Result<Document> read = Document.parse(file, after);
        if (!read.problems().isEmpty()) {
            return refused("the form of '" + key + "' leaves no place for an entry");
        }
        ObjectNode expected = (ObjectNode) before.root().deepCopy();
        JsonNode old = expected.path(key);
        ObjectNode entries = old.isObject() ? (ObjectNode) old : expected.putObject(key);
        entries.set(name, value);
        return expected.equals(read.orThrow().root())
                ? Result.of(after)
                : refused("the form of '" + key + "' leaves no place for an entry");
    }

    private Result<String> refused(String message) {
        return Result.rejected(Problem.ofFile(
                file, message, "write `" + key + ":` on a line of its own, with its entries indented below it"));
    }
}
