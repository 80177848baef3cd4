package dev.switchback.exchange;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.exchange.ImportFile.Item;
import dev.switchback.exchange.ImportPage.Advice;
import dev.switchback.problem.Problem;
import dev.switchback.runbook.Finding;
import dev.switchback.runbook.Linter;
import dev.switchback.web.Query;
import dev.switchback.web.Redirect;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** A file comes in: first what it would do, then, on a second press, it does it. The text travels with the form. */
@Path("/import")
@Produces(MediaType.TEXT_HTML)
public class ImportPages {

    private static final int OK = 200;
    private static final int UNPROCESSABLE = 422;

    @Inject
    ImportFile importFile;

    @Inject
    PlannedChanges changes;

    @Inject
    CallerOfRequest caller;

    /** The pages. */
    @CheckedTemplate(basePath = "exchange", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance choose();

        static native TemplateInstance plan(ImportPage page);
    }

    @GET
    public TemplateInstance choose() {
        return Templates.choose();
    }

    /** Says what the file would do. Writes nothing. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RestResponse<Object> check(
            @RestForm("file") FileUpload upload, @RestForm String text, @RestForm String name) {
        boolean uploaded = upload != null && upload.size() > 0;
        byte[] bytes = uploaded ? bytes(upload) : (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
        if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
            throw Problem.content("No file was chosen and nothing was pasted", "a runbook file, or its text")
                    .toException();
        }
        ReadFile file = RunbookFileReader.read(bytes);
        return page(
                uploaded ? upload.fileName() : name == null ? "" : name,
                new String(bytes, StandardCharsets.UTF_8),
                file,
                importFile.check(file, caller.get()));
    }

    /** Takes it over: every document or none. */
    @POST
    @Path("apply")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RestResponse<Object> apply(@RestForm String text, @RestForm String name, @RestForm String note) {
        ReadFile file = RunbookFileReader.read(text == null ? "" : text);
        ImportFile.Result result = importFile.apply(file, Query.filled(note), caller.get());
        return result.isFine()
                ? Redirect.to(target(result.items()), sentence(result.items()))
                : page(name == null ? "" : name, text == null ? "" : text, file, result);
    }

    private static byte[] bytes(FileUpload upload) {
        try {
            return Files.readAllBytes(upload.uploadedFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RestResponse<Object> page(String name, String text, ReadFile file, ImportFile.Result result) {
        var page = ImportPage.of(name, text, result, result.isFine() ? changes.of(file) : Map.of(), advice(file));
        return RestResponse.ResponseBuilder.<Object>create(page.isFine() ? OK : UNPROCESSABLE)
                .entity(Templates.plan(page))
                .build();
    }

    private static List<Advice> advice(ReadFile file) {
        var advice = new ArrayList<Advice>();
        for (ReadDocument document : file.documents()) {
            if (document.kind().equals("Migration")) {
                for (Finding finding : Linter.of(document.content())) {
                    advice.add(new Advice(finding, document.line(finding.place())));
                }
            }
        }
        advice.sort(Comparator.comparing(each -> each.finding().level()));
        return List.copyOf(advice);
    }

    private static String target(List<Item> items) {
        List<Item> migrations =
                items.stream().filter(item -> item.kind().equals("Migration")).toList();
        if (migrations.size() == 1) {
            return "/migrations/" + migrations.get(0).key();
        }
        return migrations.isEmpty() ? "/environments" : "/migrations";
    }

    private static String word(Item item) {
        return item.rewritten() ? "with its text kept anew" : item.change();
    }

    private static String sentence(List<Item> items) {
        String done = items.stream()
                .collect(Collectors.groupingBy(ImportPages::word, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return "Imported " + dev.switchback.web.Words.count(items.size(), "document") + ": " + done + ".";
    }
}
