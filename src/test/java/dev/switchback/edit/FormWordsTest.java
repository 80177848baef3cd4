package dev.switchback.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.shape.KindShape;
import dev.switchback.shape.ListShape;
import dev.switchback.shape.MapShape;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.RunbookShapes;
import dev.switchback.shape.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever the file can say can be typed, and is called something. */
class FormWordsTest {

    private final Set<String> named = new LinkedHashSet<>();
    private final Set<Shape> seen = new HashSet<>();

    @Test
    void every_member_of_every_shape_has_a_control_and_words_and_no_word_is_left_over() {
        visit(RunbookShapes.MIGRATION);
        visit(RunbookShapes.ENVIRONMENT);
        named.add("target~kind");
        assertThat(FormWords.names()).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void every_member_of_a_document_stands_in_a_section_or_travels_along() {
        for (ObjectShape document : List.of(RunbookShapes.MIGRATION, RunbookShapes.ENVIRONMENT)) {
            var placed = new ArrayList<String>(Sections.CARRIED);
            Sections.of(document).forEach(section -> placed.addAll(section.members()));
            placed.addAll(List.of("apiVersion", "kind"));
            assertThat(placed)
                    .doesNotHaveDuplicates()
                    .containsAll(document.members().keySet());
        }
    }

    @Test
    void no_member_is_called_what_the_form_itself_sends() {
        assertThat(RunbookShapes.MIGRATION.members()).doesNotContainKeys("csrf", "do", "base", "note");
        assertThat(RunbookShapes.ENVIRONMENT.members()).doesNotContainKeys("csrf", "do", "base", "note");
    }

    private void visit(Shape shape) {
        assertThat(Control.of(shape)).isNotNull();
        if (!seen.add(shape)) {
            return;
        }
        if (shape instanceof ObjectShape object) {
            visitMembers(object);
        } else if (shape instanceof ListShape list) {
            visit(list.item());
        } else if (shape instanceof MapShape map) {
            visit(map.value());
        } else if (shape instanceof KindShape kinds) {
            kinds.byKind().keySet().forEach(kind -> named.add("kind." + kind));
            kinds.byKind().values().forEach(this::visit);
        }
    }

    private void visitMembers(ObjectShape object) {
        object.members().forEach((name, member) -> {
            named.add(object.name() + "." + name);
            visit(member.shape());
        });
        List<String> kinds = Meant.kindNames(object);
        kinds.forEach(kind -> named.add("kind." + kind));
        if (!kinds.isEmpty()) {
            named.add(object.name() + Fields.KIND);
        }
    }
}
