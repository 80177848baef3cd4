package dev.switchback.readiness;

/**
 * What a gate found. Immutable.
 *
 * @param detail what was found
 * @param expected what it takes
 * @param remedy how to make it hold; null when it does
 * @param evidence the page that proves it, or null
 * @param todo the page where it is made to hold, or null
 */
record Look(boolean holds, String detail, String expected, String remedy, String evidence, String todo) {

    static Look holds(String detail, String expected) {
        return new Look(true, detail, expected, null, null, null);
    }

    static Look closed(String detail, String expected, String remedy) {
        return new Look(false, detail, expected, remedy, null, null);
    }

    /** With the page that proves it. */
    Look provenBy(String page) {
        return new Look(holds, detail, expected, remedy, page, todo);
    }

    /** With the page where it is made to hold. */
    Look madeAt(String page) {
        return new Look(holds, detail, expected, remedy, evidence, page);
    }
}
