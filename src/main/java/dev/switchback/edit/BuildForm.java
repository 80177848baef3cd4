package dev.switchback.edit;

import dev.switchback.edit.FieldPart.Css;
import dev.switchback.edit.FieldPart.Option;
import dev.switchback.edit.FormWords.Word;
import dev.switchback.problem.Violation;
import dev.switchback.shape.ChoiceShape;
import dev.switchback.shape.KindShape;
import dev.switchback.shape.ListShape;
import dev.switchback.shape.MapShape;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.Shape;
import dev.switchback.web.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds what the page shows from the shapes, the words, what was typed and what is wrong with it. */
final class BuildForm {
    private static final String NONE = "—";
    private static final List<String> RULES = List.of("timeout", "idempotent", "retries", "retryDelay", "grace");

    /** What a step does, in the order in which people think of it; the kinds stand where the first of them is named. */
    private static final List<String> DO = with("shell", RULES, "expectChanges", "appliedWhen");

    private static final Set<String> RARE_IN_QUESTIONS = Set.of("json", "expectStatus", "expectJson");

    private static final List<String> UNDO = with("shell", RULES, "needs", "appliedWhen");

    private final Fields fields;
    private final FormErrors errors;
    private final String action;
    private final boolean isNew;
    private final Set<String> shown = new HashSet<>();

    /** Actions that only ask: what the answer must be stands beside them. */
    private final Set<String> asked = new HashSet<>();

    private static List<String> with(String first, List<String> middle, String... last) {
        var all = new ArrayList<>(List.of(first));
        all.addAll(middle);
        all.addAll(List.of(last));
        return List.copyOf(all);
    }

    private BuildForm(Fields fields, FormErrors errors, String action, boolean isNew) {
        this.fields = fields;
        this.errors = errors;
        this.action = action;
        this.isNew = isNew;
    }

    /**
     * The form.
     *
     * @param sections its sections
     * @param errors what is wrong, in the order of the page
     * @param carried fields that no control shows, so that nothing gets lost: what belongs to a choice not taken
     * @param noteErrors what is wrong with the reason given
     */
    record Built(
            List<FormSection> sections, List<FormError> errors, Map<String, String> carried, List<String> noteErrors) {}

    static Built of(Fields fields, ObjectShape document, List<Violation> problems, String action, boolean isNew) {
        var build = new BuildForm(fields, new FormErrors(problems), action, isNew);
        var sections = build.sections(document);
        var noteErrors = build.errors.of("note", "Why", "");
        return new Built(sections, build.errors.summary(), build.carried(), noteErrors);
    }

    private Map<String, String> carried() {
        var carried = new LinkedHashMap<String, String>();
        fields.all().forEach((name, text) -> {
            if (!shown.contains(name) && !name.endsWith(Fields.CLOSED) && !text.isEmpty()) {
                carried.put(name, text);
            }
        });
        return carried;
    }

    private List<FormSection> sections(ObjectShape document) {
        var sections = new ArrayList<FormSection>();
        for (Sections.Plan plan : Sections.of(document)) {
            sections.add(
                    new FormSection(plan.id(), sections.size() + 1, plan.title(), note(plan), blocks(document, plan)));
        }
        return sections;
    }

    private String note(Sections.Plan plan) {
        int steps = fields.entries("steps").size();
        return switch (plan.id()) {
            case "do" -> steps == 0 ? plan.note() : Words.count(steps, "step") + ", each with its way back";
            case "back" -> wayBack();
            default -> plan.note();
        };
    }

    /** From where on nobody comes back, so that the note can say what then. */
    private String wayBack() {
        List<Integer> steps = fields.entries("steps");
        for (int i = 0; i < steps.size(); i++) {
            if (!fields.text(Meant.entry("steps", steps.get(i)) + ".irreversible")
                    .isBlank()) {
                return "no way back after step " + (i + 1);
            }
        }
        return steps.isEmpty() ? "" : "no step is said to be the point of no return";
    }

    private List<FormPart> blocks(ObjectShape document, Sections.Plan plan) {
        var blocks = new ArrayList<FormPart>();
        var grid = new Collected();
        for (String member : plan.members()) {
            Shape shape = document.members().get(member).shape();
            Word word = FormWords.of(document.name() + "." + member);
            boolean apart = Control.of(shape) == Control.LIST && !word.is("more") || Control.of(shape) == Control.MAP;
            if (apart) {
                grid.flush(plan.id(), blocks);
                blocks.add(list(shape, word, member, ""));
            } else {
                member(document, member, "", "", grid);
            }
        }
        grid.flush(plan.id(), blocks);
        return blocks;
    }

    /** Parts on their way into a group: the plain ones, and those that are rarely used. */
    private static final class Collected {
        private final List<FormPart> plain = new ArrayList<>();
        private final List<FormPart> more = new ArrayList<>();

        List<FormPart> all(String id) {
            var all = new ArrayList<>(plain);
            if (!more.isEmpty()) {
                all.add(new GroupPart(id + GroupPart.MORE, "More", "", List.copyOf(more), true, List.of()));
            }
            return List.copyOf(all);
        }

        void flush(String id, List<FormPart> blocks) {
            List<FormPart> all = all(id);
            if (!all.isEmpty()) {
                blocks.add(new GroupPart(id + "~" + blocks.size(), "", "", all, false, List.of()));
            }
            plain.clear();
            more.clear();
        }
    }

    private List<FormPart> parts(ObjectShape shape, String field, String context) {
        var into = new Collected();
        collect(shape, field, context, into);
        return into.all(field);
    }

    private void collect(ObjectShape shape, String field, String context, Collected into) {
        collect(shape, field, context, into, List.copyOf(shape.members().keySet()));
    }

    private void collect(ObjectShape shape, String field, String context, Collected into, List<String> members) {
        List<String> kinds = Meant.kindNames(shape);
        boolean chosen = false;
        for (String member : members) {
            if (!kinds.contains(member)) {
                member(shape, member, field, context, into);
            } else if (!chosen) {
                chosen = true;
                kind(shape, kinds, field, context, into);
            }
        }
    }

    private void kind(ObjectShape shape, List<String> kinds, String field, String context, Collected into) {
        String name = field + Fields.KIND;
        into.plain.add(
                choice(name, FormWords.of(shape.name() + Fields.KIND), kindOptions(kinds, name), context, action));
        String kind = fields.text(name);
        if (kinds.contains(kind)) {
            ObjectShape inside = (ObjectShape) shape.members().get(kind).shape();
            if (shape.members().containsKey("is")) {
                asked.add(Meant.member(field, kind));
            }
            collect(inside, Meant.member(field, kind), context, into);
        }
    }

    private List<Option> kindOptions(List<String> kinds, String field) {
        var options = new ArrayList<Option>();
        options.add(new Option("", NONE, fields.text(field).isEmpty()));
        for (String kind : kinds) {
            options.add(new Option(kind, FormWords.of("kind." + kind).label(), kind.equals(fields.text(field))));
        }
        return options;
    }

    private void member(ObjectShape owner, String member, String field, String context, Collected into) {
        Shape shape = owner.members().get(member).shape();
        Word word = FormWords.of(owner.name() + "." + member);
        String name = Meant.member(field, member);
        if (word.is("flat")) {
            collect((ObjectShape) shape, name, context, into);
        } else if (Control.of(shape) != Control.FIXED && !(name.equals("key") && !isNew)) {
            boolean rare = word.is("more") || asked.contains(field) && RARE_IN_QUESTIONS.contains(member);
            (rare ? into.more : into.plain).add(part(owner, shape, word, name, context));
        }
    }

    private FormPart part(ObjectShape owner, Shape shape, Word word, String name, String context) {
        return switch (Control.of(shape)) {
            case OBJECT -> {
                var parts = parts((ObjectShape) shape, name, context);
                yield new GroupPart(
                        name,
                        word.label(),
                        word.hint(),
                        parts,
                        word.is("fold"),
                        errors.of(name, word.label(), context));
            }
            case LIST, MAP -> list(shape, word, name, context);
            default -> {
                boolean target = name.endsWith(".target");
                String suggestions = target ? Suggestions.targetsOf(owner) : word.option("list", "");
                yield field(shape, word, name, suggestions, context);
            }
        };
    }

    private FieldPart field(Shape shape, Word word, String name, String suggestions, String context) {
        return switch (Control.of(shape)) {
            case CHOICE -> choice(name, word, options(((ChoiceShape) shape).words(), name), context, "");
            case CHECKS -> checks((ChoiceShape) ((ListShape) shape).item(), word, name, context);
            case FLAG ->
                word.is("unsaid")
                        ? choice(name, word, flags(word, name), context, "")
                        : look("flag", word, name, suggestions, context);
            case AREA, YAML, LINES, TEXT_OR_LINES -> look("area", word, name, suggestions, context);
            case SECRET -> look("secret", word, name, suggestions, context);
            default -> look("line", word, name, suggestions, context);
        };
    }

    private FieldPart look(String look, Word word, String name, String suggestions, String context) {
        shown.add(name);
        return new FieldPart(
                name,
                word.label(),
                word.hint(),
                look,
                fields.text(name),
                css(word),
                word.rows(),
                List.of(),
                suggestions,
                errors.of(name, word.label(), context),
                "");
    }

    private static Css css(Word word) {
        return new Css(word.width(), word.is("mono") ? "mono" : "", word.is("number"));
    }

    private FieldPart choice(String name, Word word, List<Option> options, String context, String goesTo) {
        shown.add(name);
        return new FieldPart(
                name,
                word.label(),
                word.hint(),
                "choice",
                fields.text(name),
                goesTo.isEmpty() ? css(word) : new Css("two", "", false),
                1,
                options,
                "",
                errors.of(name, word.label(), context),
                goesTo);
    }

    private List<Option> options(List<String> words, String name) {
        var options = new ArrayList<Option>();
        options.add(new Option("", NONE, fields.text(name).isEmpty()));
        words.forEach(word -> options.add(new Option(word, word, word.equals(fields.text(name)))));
        return options;
    }

    private List<Option> flags(Word word, String name) {
        String text = fields.text(name);
        return List.of(
                new Option("", word.option("unsaid", NONE), text.isEmpty()),
                new Option("true", word.option("yes", "yes"), text.equals("true")),
                new Option("false", word.option("no", "no"), text.equals("false")));
    }

    private FieldPart checks(ChoiceShape choice, Word word, String name, String context) {
        shown.add(name);
        List<String> chosen = Arrays.asList(fields.text(name).split("\n"));
        var options = choice.words().stream()
                .map(each -> new Option(each, each, chosen.contains(each)))
                .toList();
        return new FieldPart(
                name,
                word.label(),
                word.hint(),
                "checks",
                fields.text(name),
                css(word),
                1,
                options,
                "",
                errors.of(name, word.label(), context),
                "");
    }

    private ListPart list(Shape shape, Word word, String name, String context) {
        String noun = word.option("noun", "entry");
        Shape item = shape instanceof MapShape map ? map.value() : ((ListShape) shape).item();
        String look = look(shape, item);
        List<Integer> numbers = new ArrayList<>(fields.entries(name));
        int next = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1) + 1;
        if (numbers.isEmpty() && (look.equals("texts") || look.equals("rows") && shape instanceof MapShape)) {
            numbers.add(next++);
        }
        var entries = new ArrayList<FormEntry>();
        for (int i = 0; i < numbers.size(); i++) {
            entries.add(entry(shape, item, noun, name, numbers, i, word, context));
        }
        return new ListPart(
                name,
                word.label(),
                word.hint(),
                noun,
                look,
                List.copyOf(entries),
                newKinds(item),
                Meant.firstField(shape, Meant.entry(name, next)),
                errors.of(name, word.label(), context),
                action);
    }

    private static String look(Shape shape, Shape item) {
        if (Meant.isCard(item)) {
            return "cards";
        }
        if (item instanceof ObjectShape object && !Meant.kindNames(object).isEmpty()) {
            return "boxes";
        }
        return shape instanceof ListShape && !(item instanceof ObjectShape) ? "texts" : "rows";
    }

    private static List<Option> newKinds(Shape item) {
        List<String> kinds = item instanceof KindShape choice
                ? List.copyOf(choice.byKind().keySet())
                : item instanceof ObjectShape object ? Meant.kindNames(object) : List.of();
        return kinds.stream()
                .map(kind -> new Option(kind, FormWords.of("kind." + kind).label(), false))
                .toList();
    }

    private FormEntry entry(
            Shape list,
            Shape item,
            String noun,
            String name,
            List<Integer> numbers,
            int at,
            Word word,
            String context) {
        String field = Meant.entry(name, numbers.get(at));
        String here = context + Character.toUpperCase(noun.charAt(0)) + noun.substring(1) + " " + (at + 1) + ": ";
        boolean closed = fields.isClosed(field) && !errors.isWrong(field);
        var parts = closed ? new Collected() : entryParts(list, item, field, here, word, noun, at + 1);
        boolean step =
                !closed && item instanceof ObjectShape object && object.name().equals("step");
        if (closed) {
            fields.inside(field).keySet().forEach(end -> shown.add(field + end));
        }
        return new FormEntry(
                field,
                at + 1,
                noun,
                CardSummary.title(fields, field),
                CardSummary.of(fields, field),
                errors.count(field),
                closed ? fields.folded(field) : null,
                step ? head((ObjectShape) item, field, here) : parts.all(field),
                step ? left((ObjectShape) item, field, here) : List.of(),
                step ? right((ObjectShape) item, field, here) : List.of(),
                at == 0 ? "" : Meant.entry(name, numbers.get(at - 1)),
                at == numbers.size() - 1 ? "" : Meant.entry(name, numbers.get(at + 1)),
                Meant.firstField(list, field),
                numbers.size(),
                action);
    }

    private Collected entryParts(
            Shape list, Shape item, String field, String here, Word word, String noun, int number) {
        var into = new Collected();
        if (list instanceof MapShape) {
            into.plain.add(look("line", new Word("Name", "", Map.of("mono", "yes")), field + Fields.NAME, "", here));
        }
        if (item instanceof KindShape kinds) {
            targetParts(kinds, field, here, into);
        } else if (item instanceof ObjectShape object) {
            if (!object.name().equals("step")) {
                collect(object, field, here, into);
            }
        } else {
            boolean value = list instanceof MapShape;
            var entry = new Word(value ? "Value" : noun + " " + number, "", word.options());
            into.plain.add(
                    value
                            ? look("line", new Word("Value", "", Map.of("mono", "yes", "two", "yes")), field, "", here)
                            : field(item, entry, field, "", here));
        }
        return into;
    }

    private void targetParts(KindShape kinds, String field, String here, Collected into) {
        String name = field + Fields.KIND;
        var names = List.copyOf(kinds.byKind().keySet());
        into.plain.add(choice(name, FormWords.of("target" + Fields.KIND), kindOptions(names, name), here, action));
        ObjectShape known = kinds.byKind().get(fields.text(name));
        if (known != null) {
            collect(known, field, here, into);
        }
    }

    private List<FormPart> head(ObjectShape step, String field, String here) {
        var into = new Collected();
        collect(step, field, here, into, List.of("title", "id", "phase"));
        return into.all(field);
    }

    private List<FormPart> left(ObjectShape step, String field, String here) {
        var into = new Collected();
        collect(step, field, here, into, DO);
        return into.all(field + "~do");
    }

    private List<FormPart> right(ObjectShape step, String field, String here) {
        var into = new Collected();
        var rollback = (ObjectShape) step.members().get("rollback").shape();
        String undo = field + ".rollback";
        boolean stated = !fields.text(undo + Fields.KIND).isEmpty();
        if (stated) {
            collect(rollback, undo, here + "Undone by: ", into, UNDO);
        } else {
            kind(rollback, Meant.kindNames(rollback), undo, here + "Undone by: ", into);
        }
        var why = new Collected();
        collect(step, field, here, why, List.of("noRollback", "irreversible"));
        (stated ? into.more : into.plain).addAll(why.plain);
        return into.all(field + "~undo");
    }
}
