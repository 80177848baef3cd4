package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.diff.MergeSection.Side;
import java.util.List;
import java.util.function.Function;

/** A member of the outermost mapping while it is merged. */
interface MergePart {

    /** Its sections, those that nobody changed included. */
    List<MergeSection> sections();

    /** Its value when each section is taken from its side; null when it is gone. */
    JsonNode resolve(Function<MergeSection, Side> side);
}
