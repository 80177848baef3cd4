package dev.switchback.diff;

import java.util.ArrayList;
import java.util.List;

/** Puts two orders of names into one. */
final class Order {

    private Order() {}

    /** The first order, and each name that only the second has, behind the one it follows there. */
    static List<String> woven(List<String> first, List<String> second) {
        var woven = new ArrayList<>(first);
        int at = 0;
        for (String name : second) {
            int place = woven.indexOf(name);
            if (place < 0) {
                woven.add(at, name);
                place = at;
            }
            at = place + 1;
        }
        return woven;
    }
}
