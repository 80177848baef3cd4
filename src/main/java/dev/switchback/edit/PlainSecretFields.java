package dev.switchback.edit;

import dev.switchback.shape.KindShape;
import dev.switchback.shape.MapShape;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.PlainSecrets;
import dev.switchback.shape.RunbookShapes;
import dev.switchback.shape.SecretShape;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets in plain text by the names of the fields alone: also where the content is not read, because the entry has
 * no name yet, another one has the same, or is of another kind now. Pure functions.
 */
final class PlainSecretFields {
    private static final Pattern OF_TARGET =
            Pattern.compile("(targets\\[\\d+])\\.(\\w+)(?:" + Pattern.quote(Fields.WAS) + ")?");
    private static final Pattern HEADER =
            Pattern.compile("(.+\\.headers\\[\\d+])(?:" + Pattern.quote(Fields.WAS) + ")?");
    private static final Map<String, ObjectShape> KINDS = ((KindShape) ((MapShape)
                            RunbookShapes.ENVIRONMENT.members().get("targets").shape())
                    .value())
            .byKind();

    private PlainSecretFields() {}

    /** The names of the fields. */
    static List<String> of(Fields fields) {
        return fields.all().entrySet().stream()
                .filter(each -> !each.getValue().isBlank())
                .filter(each -> isPlain(fields, each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the form shows this field, so that somebody can be told at it. */
    static boolean isShown(Fields fields, String field) {
        Matcher ofTarget = OF_TARGET.matcher(field);
        if (field.endsWith(Fields.WAS) || !ofTarget.matches()) {
            return !field.endsWith(Fields.WAS);
        }
        ObjectShape kind = KINDS.get(fields.text(ofTarget.group(1) + Fields.KIND));
        return kind != null && kind.members().containsKey(ofTarget.group(2));
    }

    private static boolean isPlain(Fields fields, String field, String text) {
        Matcher ofTarget = OF_TARGET.matcher(field);
        if (ofTarget.matches()) {
            String member = ofTarget.group(2);
            return isSecret(member) && !PlainSecrets.isReference(text.strip())
                    || member.equals("url") && PlainSecrets.holdsPassword(text);
        }
        Matcher header = HEADER.matcher(field);
        return header.matches()
                && PlainSecrets.isConfidential(fields.text(header.group(1) + Fields.NAME))
                && !PlainSecrets.isReference(text.strip());
    }

    private static boolean isSecret(String member) {
        return KINDS.values().stream()
                .map(kind -> kind.members().get(member))
                .anyMatch(each -> each != null && each.shape() instanceof SecretShape);
    }
}
