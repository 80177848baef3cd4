package dev.switchback.people;

import dev.switchback.access.Holder;
import dev.switchback.web.Paging;
import java.util.List;

/**
 * A page of people or teams.
 *
 * @param items by name
 * @param next where the list goes on; null on its last page
 * @param admin whether the reader looks after them
 */
public record HolderList(List<Holder> items, String next, boolean admin) {

    static HolderList of(Paging.Page<? extends Holder> page, boolean admin) {
        return new HolderList(List.copyOf(page.items()), page.next(), admin);
    }
}
