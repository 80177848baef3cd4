package dev.switchback.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.runbook.ContentHash;
import dev.switchback.shape.InOrder;
import dev.switchback.shape.RunbookShapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Writes new content into the text of the old, the way a careful person edits a file: what stays the same keeps its
 * lines, its comments and its place; what is new is written as {@link RunbookFileWriter} does. The text that comes out
 * always says exactly the content: where that cannot be had, the whole document is written anew. Pure functions, safe
 * for use by several threads.
 */
public final class SourcePatch {

    /**
     * The text, and what it cost.
     *
     * @param text a document that says the content
     * @param lostComments how many comments of the old text are not in it
     */
    public record Patched(String text, int lostComments) {}

    /** The text is laid out in a way that cannot be edited line by line. */
    private static final class CannotEdit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CannotEdit() {
            super(null, null, false, false);
        }
    }

    private final List<String> lines;

    private SourcePatch(String text) {
        this.lines = new ArrayList<>(text.lines().toList());
    }

    /**
     * Writes the content into the text.
     *
     * @param text the document as it was written, valid or not
     * @param content what it is to say; valid
     */
    public static Patched of(String text, ObjectNode content) {
        String windows = text.contains("\r\n") ? text.replace("\r\n", "\n") : text;
        int comments = Comments.in(windows);
        String written = edited(windows, content).orElseGet(() -> RunbookFileWriter.write(content));
        int lost = Math.max(0, comments - Comments.in(written));
        return new Patched(windows.equals(text) ? written : written.replace("\n", "\r\n"), lost);
    }

    private static Optional<String> edited(String text, ObjectNode content) {
        ReadFile before = RunbookFileReader.read(text);
        if (!before.problems().isEmpty() || before.documents().size() != 1) {
            return Optional.empty();
        }
        ObjectNode old = before.documents().get(0).content();
        ObjectNode fresh = (ObjectNode) InOrder.of(content, shape(content));
        try {
            return Optional.of(new SourcePatch(text).document(text, old, fresh)).filter(made -> says(made, content));
        } catch (CannotEdit laidOutOtherwise) {
            return Optional.empty();
        }
    }

    private static dev.switchback.shape.Shape shape(ObjectNode content) {
        return content.path("kind").asText().equals("Environment")
                ? RunbookShapes.ENVIRONMENT
                : RunbookShapes.MIGRATION;
    }

    private static boolean says(String text, ObjectNode content) {
        ReadFile again = RunbookFileReader.read(text);
        return again.problems().isEmpty()
                && again.documents().size() == 1
                && same(again.documents().get(0).content(), content);
    }

    private static boolean same(ObjectNode one, ObjectNode other) {
        return ContentHash.of(one).equals(ContentHash.of(other))
                && one.path("needsReview").equals(other.path("needsReview"));
    }

    private String document(String text, ObjectNode old, ObjectNode fresh) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setBufferSize(text.length() + 2)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        Node root = new Compose(settings).composeString(text).orElseThrow(CannotEdit::new);
        if (!(root instanceof MappingNode mapping)) {
            throw new CannotEdit();
        }
        return mapping(mapping, old, fresh, new Range(0, lines.size()));
    }

    /** Lines from, and including, {@code from} to, and excluding, {@code to}. */
    private record Range(int from, int to) {}

    /**
     * A member of a mapping or an item of a list.
     *
     * @param start its first line
     * @param lead the first line of the comments and blank lines that stand above it
     * @param end the line behind its last one
     */
    private record Part(int start, int lead, int end) {}

    private String mapping(MappingNode node, JsonNode old, JsonNode fresh, Range range) {
        requireBlock(node.getFlowStyle());
        int indent = column(node.getValue().get(0).getKeyNode());
        var starts = new ArrayList<Integer>();
        for (NodeTuple member : node.getValue()) {
            require(column(member.getKeyNode()) == indent);
            starts.add(line(member.getKeyNode()));
        }
        List<Part> parts = parts(starts, indent, range);
        var written = new LinkedHashMap<String, String>();
        for (int i = 0; i < parts.size(); i++) {
            NodeTuple member = node.getValue().get(i);
            String name = ((ScalarNode) member.getKeyNode()).getValue();
            if (fresh.has(name)) {
                boolean kept = old.path(name).equals(fresh.path(name));
                Part part = parts.get(i);
                written.put(
                        name,
                        kept
                                ? text(part.lead(), part.end())
                                : text(part.lead(), part.start())
                                        + member(
                                                name,
                                                member.getValueNode(),
                                                old.path(name),
                                                fresh.path(name),
                                                part,
                                                indent));
            }
        }
        return String.join("", inPlace(written, fresh, indent)) + text(end(parts), range.to());
    }

    /** New members stand behind the one that the contract has before them. */
    private static List<String> inPlace(Map<String, String> written, JsonNode fresh, int indent) {
        var names = new ArrayList<>(written.keySet());
        var texts = new ArrayList<>(written.values());
        String before = null;
        for (var member : fresh.properties()) {
            String name = member.getKey();
            if (!names.contains(name)) {
                int at = names.indexOf(before) + 1;
                names.add(at, name);
                texts.add(at, RunbookFileWriter.memberText(name, member.getValue(), indent));
            }
            before = name;
        }
        return texts;
    }

    /** A member whose value is another one now, from its key to its end. */
    private String member(String name, Node node, JsonNode old, JsonNode fresh, Part part, int indent) {
        var below = new Range(part.start() + 1, part.end());
        boolean startsBelow = line(node) > part.start();
        if (startsBelow && node instanceof MappingNode inner && old.isObject() && fresh.isObject() && isBlock(inner)) {
            return fresh.isEmpty()
                    ? RunbookFileWriter.memberText(name, fresh, indent)
                    : text(part.start(), part.start() + 1) + mapping(inner, old, fresh, below);
        }
        if (startsBelow && node instanceof SequenceNode inner && old.isArray() && fresh.isArray() && isBlock(inner)) {
            return fresh.isEmpty()
                    ? RunbookFileWriter.memberText(name, fresh, indent)
                    : text(part.start(), part.start() + 1) + items(inner, old, fresh, below);
        }
        return inLine(name, node, fresh, part, indent)
                .orElseGet(() -> RunbookFileWriter.memberText(name, fresh, indent));
    }

    /** The new value put where the old one stood, when both fit into the line; what follows it there stays. */
    private Optional<String> inLine(String name, Node node, JsonNode fresh, Part part, int indent) {
        String anew = RunbookFileWriter.memberText(name, fresh, indent);
        int end = node.getEndMark().map(Mark::getLine).orElse(-1);
        if (line(node) != part.start()
                || end != part.start()
                || part.end() != part.start() + 1
                || anew.indexOf('\n') != anew.length() - 1) {
            return Optional.empty();
        }
        String line = lines.get(part.start());
        String rest = rest(line, node.getEndMark().map(Mark::getColumn).orElse(line.length()));
        return Optional.of(rest.isEmpty() ? anew : anew.substring(0, anew.length() - 1) + rest + "\n");
    }

    private static String rest(String line, int column) {
        int from = line.offsetByCodePoints(0, Math.min(column, line.codePointCount(0, line.length())));
        String rest = line.substring(from).stripTrailing();
        return rest.isBlank() ? "" : rest.startsWith(" ") ? rest : " " + rest;
    }

    private String items(SequenceNode node, JsonNode old, JsonNode fresh, Range range) {
        int dash = column(node);
        var starts = new ArrayList<Integer>();
        for (Node item : node.getValue()) {
            int start = line(item);
            require(lines.get(start).length() > dash && lines.get(start).charAt(dash) == '-' && column(item) > dash);
            starts.add(start);
        }
        List<Part> parts = parts(starts, dash, range);
        var free = new ArrayList<Integer>();
        for (int i = 0; i < parts.size(); i++) {
            free.add(i);
        }
        var out = new StringBuilder();
        for (JsonNode item : fresh) {
            Optional<Integer> same = free.stream()
                    .filter(i -> old.get(i).equals(item))
                    .findFirst()
                    .or(() -> free.stream()
                            .filter(i -> isSameThing(old.get(i), item))
                            .findFirst());
            same.ifPresent(free::remove);
            out.append(same.map(i -> item(node.getValue().get(i), old.get(i), item, parts.get(i), dash))
                    .orElseGet(() -> RunbookFileWriter.itemText(item, dash)));
        }
        return out + text(end(parts), range.to());
    }

    private String item(Node node, JsonNode old, JsonNode fresh, Part part, int dash) {
        if (old.equals(fresh)) {
            return text(part.lead(), part.end());
        }
        String lead = text(part.lead(), part.start());
        if (!(node instanceof MappingNode inner) || !isBlock(inner)) {
            return lead + RunbookFileWriter.itemText(fresh, dash);
        }
        // Without its dash an item is a mapping like any other; whatever member comes first then stands behind it.
        lines.set(part.start(), withAt(lines.get(part.start()), dash, ' '));
        return lead + withAt(mapping(inner, old, fresh, new Range(part.start(), part.end())), dash, '-');
    }

    private static String withAt(String text, int index, char character) {
        return text.substring(0, index) + character + text.substring(index + 1);
    }

    /** Entries are known by the name that the file gives them. */
    private static boolean isSameThing(JsonNode one, JsonNode other) {
        for (String naming : List.of("id", "name", "key")) {
            if (one.path(naming).isTextual()) {
                return one.get(naming).equals(other.path(naming));
            }
        }
        return false;
    }

    private List<Part> parts(List<Integer> starts, int indent, Range range) {
        var leads = new ArrayList<Integer>();
        int above = range.from() - 1;
        for (int start : starts) {
            require(start > above);
            leads.add(lead(start, above, indent));
            above = start;
        }
        leads.add(lead(range.to(), above, indent));
        var parts = new ArrayList<Part>();
        for (int i = 0; i < starts.size(); i++) {
            parts.add(new Part(starts.get(i), leads.get(i), leads.get(i + 1)));
        }
        return parts;
    }

    /** The first of the comment and blank lines right above a line, as far as they are not indented deeper. */
    private int lead(int start, int above, int indent) {
        int lead = start;
        while (lead - 1 > above && isBetween(lines.get(lead - 1), indent)) {
            lead--;
        }
        return lead;
    }

    private static boolean isBetween(String line, int indent) {
        String bare = line.stripLeading();
        return bare.isEmpty() || bare.startsWith("#") && line.length() - bare.length() <= indent;
    }

    private static int end(List<Part> parts) {
        return parts.get(parts.size() - 1).end();
    }

    private String text(int from, int to) {
        return from >= to ? "" : String.join("\n", lines.subList(from, to)) + "\n";
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElseThrow(CannotEdit::new);
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElseThrow(CannotEdit::new);
    }

    private static boolean isBlock(org.snakeyaml.engine.v2.nodes.CollectionNode<?> node) {
        return node.getFlowStyle() == FlowStyle.BLOCK && !node.getValue().isEmpty();
    }

    private static void requireBlock(FlowStyle style) {
        require(style == FlowStyle.BLOCK);
    }

    private static void require(boolean editable) {
        if (!editable) {
            throw new CannotEdit();
        }
    }
}
