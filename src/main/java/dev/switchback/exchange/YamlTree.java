package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.shape.Limits;
import dev.switchback.shape.Lines;
import dev.switchback.shape.Numbers;
import dev.switchback.shape.Place;
import dev.switchback.shape.Report;
import dev.switchback.shape.WellFormed;
import dev.switchback.shape.Words;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the text of one YAML 1.2 document into a tree and remembers on which line each value stands. Works on parser
 * events, so that nesting, size, aliases and tags are refused while reading, before they can cost anything.
 */
final class YamlTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String QUOTES =
            "YAML 1.2; a text that contains “: ” or “ #”, or begins with one of" + " {[]}*&!|>%@`\"', stands in quotes";

    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private final int firstLine;
    private final Lines lines;
    private final Report report;
    private Iterator<Event> events;
    private int values;

    private YamlTree(int firstLine, Lines lines, Report report) {
        this.firstLine = firstLine;
        this.lines = lines;
        this.report = report;
    }

    /** A reason to stop reading the document: whatever would follow could not be trusted. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super(null, null, false, false);
        }
    }

    /**
     * The tree, or empty when the document could not be read to its end; then the report says why.
     *
     * @param firstLine the line of the file on which the text begins
     */
    static Optional<JsonNode> read(String text, int firstLine, Lines lines, Report report) {
        YamlTree tree = new YamlTree(firstLine, lines, report);
        try {
            return Optional.of(tree.document(text));
        } catch (Stopped reported) {
            return Optional.empty();
        } catch (MarkedYamlEngineException refused) {
            tree.syntax(refused, text);
            return Optional.empty();
        } catch (YamlEngineException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | NoSuchElementException e) {
            // The parser is not ours: whatever it stumbles over is the file's problem, not the server's.
            report.addOnLine(firstLine, Place.DOCUMENT, "The document could not be read", QUOTES);
            return Optional.empty();
        }
    }

    /** Reads through one buffer: the parser's small ones make long lines quadratic and break on characters in two halves. */
    private JsonNode document(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setBufferSize(text.length() + 2)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        events = new Parse(settings).parseString(text).iterator();
        Event event = events.next();
        while (!(event instanceof NodeEvent)) {
            event = events.next();
        }
        JsonNode root = value(event, Place.DOCUMENT, line(event), 1);
        events.forEachRemaining(end -> {});
        return root;
    }

    private JsonNode value(Event event, Place place, int line, int depth) {
        lines.put(place, line);
        if (report.size() > 2 * Limits.PROBLEMS) {
            throw new Stopped();
        }
        if (++values > Limits.VALUES) {
            throw stop(line(event), place, WellFormed.tooMany(), "at most " + Limits.VALUES + " values");
        }
        if (event instanceof AliasEvent) {
            refuseAlias(place, line(event));
            return NODES.nullNode();
        }
        refuseAnchorAndTag((NodeEvent) event, place);
        if (event instanceof ScalarEvent scalar) {
            lines.put(place, line(event));
            return scalar(scalar, place);
        }
        if (depth > Limits.NESTING) {
            throw stop(line(event), place, WellFormed.tooDeep(), "at most " + Limits.NESTING + " levels");
        }
        return event.getEventId() == Event.ID.SequenceStart ? list(place, depth) : mapping(place, depth);
    }

    private ArrayNode list(Place place, int depth) {
        ArrayNode list = NODES.arrayNode();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            list.add(value(event, place.item(list.size()), line(event), depth + 1));
        }
        return list;
    }

    private ObjectNode mapping(Place place, int depth) {
        ObjectNode mapping = NODES.objectNode();
        Map<String, Integer> firsts = new HashMap<>();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            int line = line(key);
            String name = key(key, place);
            JsonNode value = value(events.next(), place.member(name), line, depth + 1);
            Integer first = firsts.putIfAbsent(name, line);
            if (first == null) {
                mapping.set(name, value);
            } else {
                report.addOnLine(
                        line,
                        place.member(name),
                        "Duplicate key " + Words.quoted(name) + ", first on line " + first,
                        "each key once");
            }
        }
        return mapping;
    }

    private String key(Event event, Place place) {
        if (!(event instanceof ScalarEvent scalar)) {
            throw stop(
                    line(event),
                    place,
                    "A key is not text",
                    "text as key; a text that begins with {, [ or * in quotes");
        }
        refuseAnchorAndTag(scalar, place.member(scalar.getValue()));
        String name = scalar.getValue();
        Place here = place.member(name);
        if (scalar.isPlain() && name.equals("<<")) {
            report.spoil(here, line(event), "A merge key (<<): they are not supported", "the members written out");
        } else if (scalar.isPlain() && !plain(name).isTextual()) {
            report.spoil(here, line(event), "The key " + Words.quoted(name) + " is not text", "the key in quotes");
        }
        return name;
    }

    private JsonNode scalar(ScalarEvent scalar, Place place) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return NODES.textNode(text);
        }
        if (NOT_FINITE.matcher(text).matches()) {
            report.spoil(place, line(scalar), place.label() + " is not a finite number", "a number, or text in quotes");
        }
        JsonNode value = plain(text);
        if (value.isNumber() && !(value.isIntegralNumber() || WellFormed.isNumber(value.decimalValue()))) {
            report.spoil(
                    place,
                    line(scalar),
                    place.label() + " is a number with too many digits",
                    "at most " + Limits.NUMBER + " digits; in quotes if it is a name");
        }
        return value;
    }

    /**
     * The core types of YAML 1.2, but a number is only what JSON writes as one: {@code 007}, {@code 0x1F} and
     * {@code +5} stay the text that they are, because a number would not be written back the same.
     */
    private static JsonNode plain(String text) {
        switch (text) {
            case "", "~", "null", "Null", "NULL":
                return NODES.nullNode();
            case "true", "True", "TRUE":
                return NODES.booleanNode(true);
            case "false", "False", "FALSE":
                return NODES.booleanNode(false);
            default:
                return Numbers.read(text).orElseGet(() -> NODES.textNode(text));
        }
    }

    private void refuseAlias(Place place, int line) {
        report.spoil(
                place,
                line,
                "An alias (*): they are not supported",
                "the value written out; a text that begins with" + " * in quotes");
    }

    private void refuseAnchorAndTag(NodeEvent event, Place place) {
        if (event.getAnchor().isPresent()) {
            report.spoil(
                    place,
                    line(event),
                    "An anchor (&): they are not supported",
                    "the value without it; a text that" + " begins with & in quotes");
        }
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
        if (tag.isPresent()) {
            report.spoil(
                    place,
                    line(event),
                    "A tag (!): they are not supported",
                    "the value without it; a text that begins" + " with ! in quotes");
        }
    }

    private Stopped stop(int line, Place place, String message, String expected) {
        report.addOnLine(line, place, message, expected);
        return new Stopped();
    }

    private int line(Event event) {
        return firstLine + event.getStartMark().map(Mark::getLine).orElse(0);
    }

    private void syntax(MarkedYamlEngineException refused, String text) {
        int index = refused.getProblemMark()
                .or(refused::getContextMark)
                .map(Mark::getLine)
                .orElse(0);
        String line = text.lines().skip(index).findFirst().orElse("");
        String problem = String.valueOf(refused.getProblem()).toLowerCase(Locale.ROOT);
        if (String.valueOf(refused.getContext()).matches(".*(alias|anchor).*")) {
            report.addOnLine(firstLine + index, Place.DOCUMENT, "A text that begins with * or &", "the text in quotes");
        } else if (text.lines().anyMatch(any -> any.startsWith("%"))) {
            report.addOnLine(
                    firstLine, Place.DOCUMENT, "A directive (%): they are not supported", "the file without it");
        } else if (line.matches("\\s*\\t.*") || problem.contains("\\t") || problem.contains("tab")) {
            report.addOnLine(firstLine + index, Place.DOCUMENT, "A tab where YAML wants spaces", "spaces, two a level");
        } else {
            report.addOnLine(firstLine + index, Place.DOCUMENT, "Not YAML: " + reason(problem), QUOTES);
        }
    }

    /** The parser's reason, without the piece of the file that it may quote: there could be a secret in it. */
    private static String reason(String problem) {
        if (problem.contains("mapping values are not allowed")) {
            return "a “: ” where no value can begin";
        }
        if (problem.contains("cannot start any token")) {
            return "a text that begins with @, `, % or a tab";
        }
        if (problem.contains("expected <block end>")) {
            return "the indentation does not fit the lines above, or a quote or bracket is not where it must be";
        }
        if (problem.contains("could not find expected ':'")) {
            return "a line without “: ” between key and value";
        }
        if (problem.contains("unexpected end of stream") || problem.contains("but got '<stream end>'")) {
            return "a quote or bracket is not closed";
        }
        if (problem.contains("',' or")) {
            return "a comma or closing bracket is missing, or a line above it is not closed";
        }
        return Words.cut(problem.replaceAll("[^a-z<>,'\\[\\]{} -]", " ")
                .replaceAll("\\s+", " ")
                .strip());
    }
}
