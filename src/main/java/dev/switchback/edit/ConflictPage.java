package dev.switchback.edit;

import dev.switchback.diff.Merge;
import dev.switchback.diff.MergeSection;
import dev.switchback.diff.MergeSection.Side;
import dev.switchback.platform.Json;
import dev.switchback.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The page on which somebody chooses between their version and another one that was saved meanwhile.
 *
 * @param sides both versions
 * @param sections what differs, what needs a choice first
 * @param note why, as typed
 * @param problem why the result could not be saved, or null
 */
public record ConflictPage(ConflictSides sides, List<ConflictSection> sections, String note, Problem problem) {

    /**
     * The page.
     *
     * @param choices what was chosen already
     * @param asked whether the button was pressed, so that a missing choice is an error
     */
    static ConflictPage of(
            ConflictSides sides, Map<String, Side> choices, String note, boolean asked, Problem problem) {
        Merge merge = sides.merge();
        List<MergeSection> open = merge.open(choices);
        var ordered = new ArrayList<MergeSection>();
        merge.sections().stream().filter(MergeSection::needsChoice).forEach(ordered::add);
        merge.sections().stream().filter(section -> !section.needsChoice()).forEach(ordered::add);
        var sections = new ArrayList<ConflictSection>();
        for (MergeSection section : ordered) {
            boolean isOpen = open.contains(section);
            Side chosen = isOpen ? null : choices.getOrDefault(section.key(), section.preset());
            sections.add(new ConflictSection(sections.size() + 1, section, chosen, asked && isOpen));
        }
        return new ConflictPage(sides, List.copyOf(sections), note, problem);
    }

    /** The sections without a choice that were asked for. */
    public List<ConflictSection> missing() {
        return sections.stream().filter(ConflictSection::isMissing).toList();
    }

    /** How many sections both changed. */
    public long both() {
        return sections.stream().filter(each -> each.section().needsChoice()).count();
    }

    /** Whether something is wrong on the page. */
    public boolean isWrong() {
        return problem != null || !missing().isEmpty();
    }

    /** Where it is edited. */
    public String edit() {
        return "/" + sides.noun() + "s/" + sides.key() + "/edit";
    }

    /** What travels with the form. */
    public String mine() {
        return Json.text(sides.mine());
    }
}
