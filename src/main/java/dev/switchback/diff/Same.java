package dev.switchback.diff;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * When two values say the same, as the hash of a content sees it: the order of members does not matter, that of lists
 * does; {@code 1.10} is {@code 1.1}, but {@code 1}, {@code 1.0} and {@code "1"} are three values.
 */
final class Same {

    private Same() {}

    /** Whether both say the same; null stands for a value that is not there. */
    static boolean same(JsonNode one, JsonNode other) {
        if (one == null || other == null) {
            return one == other;
        }
        if (one.isNumber() && other.isNumber()) {
            return one.isIntegralNumber() == other.isIntegralNumber()
                    && one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
            return false;
        }
        if (one.isObject()) {
            return one.properties().stream().allMatch(each -> same(each.getValue(), other.get(each.getKey())));
        }
        return one.isArray() ? sameItems(one, other) : one.equals(other);
    }

    private static boolean sameItems(JsonNode one, JsonNode other) {
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
