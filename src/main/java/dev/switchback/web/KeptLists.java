package dev.switchback.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.switchback.access.Sight;
import dev.switchback.platform.Changes;
import dev.switchback.platform.Changes.Look;
import dev.switchback.platform.Changes.Picture;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Lists as they were written last. What a list shows is the same for all who may see and do the same; it is kept under its address, and shown
 * again when {@link Changes} says that nothing has changed: as new as if it had been read, for one small statement. What
 * is around it (who is signed in, the token of the forms, the theme, the clock) belongs to the request and is never kept.
 * Safe for use by several threads.
 */
@ApplicationScoped
public class KeptLists {

    /** Some hundred lists of 50 rows. */
    private static final int BYTES_AT_MOST = 4 << 20;

    private static final int LOCKS = 64;

    /** Stands for the list in the page around it; nothing that comes from a file or an address holds it. */
    private static final String HERE = "\0";

    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

    private final Changes changes;
    private final Cache<String, Kept> lists = Caffeine.newBuilder()
            .maximumWeight(BYTES_AT_MOST)
            .weigher((String address, Kept kept) -> kept.list.html().length + 2 * address.length() + 200)
            .build();
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    private final EntityManager entities;
    private final Sight sight;

    @Inject
    KeptLists(Changes changes, EntityManager entities, Sight sight) {
        this.sight = sight;
        this.changes = changes;
        this.entities = entities;
    }

    /** The page around a list. */
    @CheckedTemplate(basePath = "web")
    static class Templates {
        static native TemplateInstance list(String title, RawString list);
    }

    /**
     * A list, written.
     *
     * @param title what the tab of the browser says before the name of the site
     * @param html in UTF-8, the same for all with the same rights: nothing else of the caller, no token
     * @param goodFor how long its texts stay true while nothing changes; a stop watch in it moves each second
     */
    public record Written(String title, byte[] html, Duration goodFor) {

        /** This text, which is shown for as long as nothing changes. */
        public static Written of(String title, String html) {
            return new Written(title, html.getBytes(StandardCharsets.UTF_8), Duration.ofDays(1));
        }

        /** The same, shown for so long at most. */
        public Written goodFor(Duration most) {
            return new Written(title, html, most);
        }
    }

    private static final class Kept {

        private final Written list;
        /** When its reading began, by {@link System#nanoTime}. */
        private final long begun;

        private volatile Picture picture;

        private Kept(Written list, long begun, Picture picture) {
            this.list = list;
            this.begun = begun;
            this.picture = picture;
        }

        private boolean isGood() {
            return System.nanoTime() - begun < list.goodFor().toNanos();
        }
    }

    /**
     * The page with this list: as it was kept when it is still true, else read now, in a transaction.
     *
     * @param address what the list depends on: the address of the page without the order of its parameters, and the day
     *     when times are written by it
     * @param read reads and writes it; asked once, even when many want it at the same time
     */
    public RestResponse<byte[]> page(String address, Callable<Written> read) {
        return around(list(address + "\0" + sight.key(), read), RestResponse.StatusCode.OK);
    }

    /** The page around a list that is not kept. */
    public RestResponse<byte[]> around(Written list, int status) {
        String page = Templates.list(list.title(), new RawString(HERE)).render();
        int here = page.lastIndexOf(HERE);
        byte[] before = page.substring(0, here).getBytes(StandardCharsets.UTF_8);
        byte[] after = page.substring(here + HERE.length()).getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[before.length + list.html().length + after.length];
        System.arraycopy(before, 0, whole, 0, before.length);
        System.arraycopy(list.html(), 0, whole, before.length, list.html().length);
        System.arraycopy(after, 0, whole, before.length + list.html().length, after.length);
        return RestResponse.ResponseBuilder.<byte[]>create(status)
                .entity(whole)
                .type(HTML)
                .build();
    }

    private Written list(String address, Callable<Written> read) {
        long asked = System.nanoTime();
        Kept kept = lists.getIfPresent(address);
        if (kept != null && isTrue(kept)) {
            return kept.list;
        }
        synchronized (locks[Math.floorMod(address.hashCode(), LOCKS)]) {
            Kept meanwhile = lists.getIfPresent(address);
            // Somebody else began to read it after this request had come: it holds all that this one may expect.
            if (meanwhile != null && meanwhile != kept && (meanwhile.begun - asked > 0 || isTrue(meanwhile))) {
                return meanwhile.list;
            }
            return read(address, read);
        }
    }

    private boolean isTrue(Kept kept) {
        if (!kept.isGood()) {
            return false;
        }
        Look look = changes.since(kept.picture);
        if (look.isSame()) {
            kept.picture = look.now();
        }
        return look.isSame();
    }

    /** The picture comes first: what is written while the list is being read is a change. */
    private Written read(String address, Callable<Written> read) {
        long begun = System.nanoTime();
        Picture picture = changes.since(Picture.NONE).now();
        Written list = QuarkusTransaction.requiringNew().call(() -> {
            // Nothing is written: no row has to be remembered as it was, nor compared before each statement.
            Session session = entities.unwrap(Session.class);
            session.setDefaultReadOnly(true);
            session.setHibernateFlushMode(FlushMode.MANUAL);
            return read.call();
        });
        lists.put(address, new Kept(list, begun, picture));
        return list;
    }
}
