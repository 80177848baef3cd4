package dev.switchback.audit;

import dev.switchback.web.Paging;
import dev.switchback.web.Query;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** Who did what, when and from where. */
@Path("/audit")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class AuditPages {

    @Inject
    ReadTrail trail;

    @Inject
    VerifyTrail verify;

    @Inject
    WhoActs who;

    /** The page. */
    @CheckedTemplate(basePath = "audit")
    static class Templates {
        static native TemplateInstance list(AuditPage page);
    }

    @GET
    public String list(@BeanParam AuditApi.Wanted wanted, @RestQuery String after) {
        Map<String, String> filters = filters(wanted);
        Visible visible = who.sight();
        Optional<ReadTrail.Position> place =
                Query.filled(after).map(text -> Paging.decode(text, ReadTrail.Position::read));
        List<TrailEntry> found = trail.page(TrailQuery.of(wanted.typed()), visible, place, Paging.DEFAULT + 1);
        Paging.Page<TrailEntry> page = Paging.page(
                found,
                Paging.DEFAULT,
                address("/audit", filters, ""),
                entry -> ReadTrail.Position.of(entry).toString());
        return Templates.list(new AuditPage(
                        asked(filters),
                        page.items().stream().map(AuditPage.Row::of).toList(),
                        page.next(),
                        export(filters, "csv"),
                        export(filters, "ndjson"),
                        drops(filters),
                        visible.everywhere() ? verify.latest().orElse(null) : null,
                        place.isEmpty()))
                .render();
    }

    private static Map<String, String> filters(AuditApi.Wanted wanted) {
        TrailQuery.Typed typed = wanted.typed();
        var filters = new LinkedHashMap<String, String>();
        filters.put("actor", typed.actor());
        filters.put("object", typed.object());
        filters.put("action", typed.action());
        filters.put("service", typed.service());
        filters.put("environment", typed.environment());
        filters.put("since", typed.since());
        filters.put("until", typed.until());
        filters.replaceAll((name, value) -> Query.filled(value).orElse(""));
        return filters;
    }

    private static TrailQuery.Typed asked(Map<String, String> filters) {
        return new TrailQuery.Typed(
                filters.get("actor"),
                filters.get("object"),
                filters.get("action"),
                filters.get("service"),
                filters.get("environment"),
                filters.get("since"),
                filters.get("until"));
    }

    private static String address(String path, Map<String, String> filters, String without) {
        Query query = Query.of(path);
        filters.forEach((name, value) -> query.with(name, name.equals(without) ? "" : value));
        return query.toString();
    }

    private static String export(Map<String, String> filters, String format) {
        String address = address("/api/v1/audit", filters, "");
        return address + (address.contains("?") ? "&" : "?") + "format=" + format;
    }

    private static List<AuditPage.Drop> drops(Map<String, String> filters) {
        var drops = new ArrayList<AuditPage.Drop>();
        filters.forEach((name, value) -> {
            if (!value.isEmpty()) {
                drops.add(new AuditPage.Drop(word(name) + " " + Plain.text(value), address("/audit", filters, name)));
            }
        });
        return drops;
    }

    private static String word(String filter) {
        return switch (filter) {
            case "actor" -> "by";
            case "object" -> "about";
            case "action" -> "did";
            default -> filter;
        };
    }
}
