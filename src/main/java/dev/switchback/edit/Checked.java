package dev.switchback.edit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.problem.Violation;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.PlainSecrets;
import dev.switchback.shape.RunbookShapes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a form says, checked by the same shapes as a file and a body.
 *
 * @param content the content; valid only when there are no problems
 * @param problems everything that is wrong, each at its field
 * @param places where in the form each place of the content is typed
 */
record Checked(ObjectNode content, List<Violation> problems, FieldPlaces places) {

    boolean isFine() {
        return problems.isEmpty();
    }

    /** Reads and checks. A secret in plain text is taken out of the fields: it never reaches a page again. */
    static Checked of(Fields fields, ObjectShape document) {
        ReadFields.Draft draft = ReadFields.of(fields, document);
        var problems = new ArrayList<>(draft.problems());
        for (Violation each : violations(draft.content(), document)) {
            if (!draft.places().isSpoiled(each.field())) {
                problems.add(atField(each, draft.places()));
            }
        }
        boolean secrets = false;
        for (int i = 0; i < problems.size(); i++) {
            if (isSecret(problems.get(i))) {
                secrets = true;
                problems.set(i, withoutSecret(fields, problems.get(i)));
            }
        }
        secrets |= forget(fields, problems);
        ObjectNode content = secrets ? ReadFields.of(fields, document).content() : draft.content();
        return new Checked(content, List.copyOf(problems), draft.places());
    }

    /** What is not read, and so not found wrong, is told where somebody sees the field. */
    private static boolean forget(Fields fields, List<Violation> problems) {
        List<String> plain = PlainSecretFields.of(fields);
        for (String field : plain) {
            if (PlainSecretFields.isShown(fields, field)
                    && problems.stream().noneMatch(each -> each.field().equals(field))) {
                problems.add(
                        withoutSecret(fields, Violation.of(field, "A secret in plain text", PlainSecrets.EXPECTED)));
            }
            fields.remove(field);
        }
        return !plain.isEmpty();
    }

    private static List<Violation> violations(ObjectNode content, ObjectShape document) {
        return document == RunbookShapes.ENVIRONMENT
                ? RunbookShapes.validateEnvironment(content)
                : RunbookShapes.validateMigration(content);
    }

    private static Violation atField(Violation violation, FieldPlaces places) {
        return Violation.of(places.of(violation.field()), violation.message(), violation.expected());
    }

    private static boolean isSecret(Violation violation) {
        return violation.message().startsWith("A secret in plain text")
                || violation.message().startsWith("A password in plain text");
    }

    private static Violation withoutSecret(Fields fields, Violation violation) {
        if (!violation.field().endsWith(Fields.NAME)) {
            fields.remove(violation.field());
            fields.remove(violation.field() + Fields.WAS);
        }
        return Violation.of(
                violation.field(), violation.message() + "; what was typed is not kept", violation.expected());
    }

    /** Only what must be said even while nobody asked for a check. */
    List<Violation> secrets() {
        return problems.stream().filter(Checked::isSecret).toList();
    }
}
