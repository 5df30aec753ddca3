package dev.pgattest.document;

import dev.pgattest.Place;
import dev.pgattest.Problem;
import dev.pgattest.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 text to a {@link Document}: syntax, one document, a mapping at its root. */
final class YamlReader {

    /** Deeper than any file of ours, far from what would exhaust the stack of the recursive composer. */
    private static final int DEEPEST_NESTING = 50;

    private static final CoreSchema WITHOUT_MERGE_KEYS = new CoreSchema() {
        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }
    };

    private final String file;

    YamlReader(String file) {
        this.file = file;
    }

    Result<Document> read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(WITHOUT_MERGE_KEYS)
                .setCodePointLimit(Integer.MAX_VALUE)
                // NodeReader bounds what aliases expand to and names the place of a key that is no text.
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setAllowNonScalarKeys(true)
                .build();
        try {
            List<Problem> problems = problemsOfEvents(settings, text);
            if (!problems.isEmpty()) {
                return Result.rejected(problems);
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                return Result.rejected(
                        problem(Place.START, "the file is empty", "write the keys of this kind of file"));
            }
            return document(root.get());
        } catch (MarkedYamlEngineException e) {
            return Result.rejected(syntaxProblem(e));
        } catch (ReaderException e) {
            return Result.rejected(problem(
                    Place.of(text, text.offsetByCodePoints(0, e.getPosition())),
                    String.format(Locale.ROOT, "the control character U+%04X is not allowed in YAML", e.getCodePoint()),
                    "remove it, or write it as an escape in double quotes"));
        } catch (YamlEngineException e) {
            return Result.rejected(problem(Place.START, "the file is not YAML: " + e.getMessage(), ""));
        }
    }

    private Result<Document> document(Node root) {
        if (!(root instanceof MappingNode)) {
            return Result.rejected(problem(
                    place(root.getStartMark()),
                    "the file holds " + (root.getNodeType().name().equals("SEQUENCE") ? "a list" : "a single value")
                            + ", expected keys with values",
                    "start with a key, for example `key: value`"));
        }
        return new NodeReader(file).read(root);
    }

    /** What the composer would not survive or would report without a place. */
    private List<Problem> problemsOfEvents(LoadSettings settings, String text) {
        List<Problem> problems = new ArrayList<>();
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case DocumentStart -> documents++;
                default -> {}
            }
            if (depth > DEEPEST_NESTING) {
                problems.add(problem(
                        place(event.getStartMark()),
                        "values are nested deeper than " + DEEPEST_NESTING + " levels",
                        "nest less"));
                return problems;
            }
            if (event.getEventId() == Event.ID.DocumentStart && documents > 1) {
                problems.add(problem(
                        place(event.getStartMark()),
                        "a second document starts here",
                        "keep one document in the file: remove the line `---`"));
            }
        }
        return problems;
    }

    private Problem syntaxProblem(MarkedYamlEngineException error) {
        Place place = place(error.getProblemMark());
        String problem = Optional.ofNullable(error.getProblem()).orElse("");
        if (problem.contains("TAB")) {
            return problem(place, "a tab starts a value or indents a line", "indent with spaces");
        }
        if (problem.contains("undefined alias")) {
            return problem(place, problem, "define it before with `&name`, or write the value out");
        }
        String context = Optional.ofNullable(error.getContext()).orElse("");
        String where = context.isEmpty() ? "" : " " + context;
        return problem(place, "YAML syntax error" + where + ": " + problem, syntaxRemedy(problem));
    }

    private static String syntaxRemedy(String problem) {
        if (problem.contains("mapping values are not allowed")) {
            return "indent keys of one mapping equally, and put a text that holds `: ` in quotes";
        }
        if (problem.contains("cannot start any token")) {
            return "put the text in quotes";
        }
        return "check the indentation, quotes and brackets here and on the line before";
    }

    private Problem problem(Place place, String message, String remedy) {
        return new Problem(file, place.line(), place.column(), message, remedy);
    }

    static Place place(Optional<Mark> mark) {
        return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.START);
    }
}
