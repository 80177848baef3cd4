package dev.switchback.exchange;

import dev.switchback.access.CallerOfRequest;
import dev.switchback.exchange.ImportFile.Item;
import dev.switchback.exchange.ImportPage.Advice;
import dev.switchback.problem.Problem;
import dev.switchback.problem.ProblemException;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.Finding;
import dev.switchback.runbook.Linter;
import dev.switchback.web.Note;
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
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
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
        String from = uploaded ? upload.fileName() : name == null ? "" : name;
        String sent = new String(bytes, StandardCharsets.UTF_8);
        return orKept(from, sent, file, () -> page(from, sent, file, importFile.check(file, caller.get())));
    }

    /** Takes it over: every document or none. */
    @POST
    @Path("apply")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public RestResponse<Object> apply(@RestForm String text, @RestForm String name, @RestForm String note) {
        String from = name == null ? "" : name;
        String sent = text == null ? "" : text;
        ReadFile file = RunbookFileReader.read(sent);
        return orKept(from, sent, file, () -> {
            ImportFile.Result result = importFile.apply(file, Note.of("note", note), caller.get());
            return result.isFine()
                    ? Redirect.to(target(result.items()), sentence(result.items()))
                    : page(from, sent, file, result);
        });
    }

    /** What is fine in itself but not possible as things are comes back with the text, too. */
    private RestResponse<Object> orKept(
            String name, String text, ReadFile file, Supplier<RestResponse<Object>> answer) {
        try {
            return answer.get();
        } catch (ProblemException e) {
            if (e.problem().status() == Response.Status.FORBIDDEN.getStatusCode()) {
                throw e;
            }
            var refused = new ImportFile.Result(true, List.of(), List.of(), violations(e.problem(), file));
            return page(e.problem().status(), ImportPage.of(name, text, refused, Map.of(), advice(file)));
        }
    }

    private static List<Violation> violations(Problem problem, ReadFile file) {
        if (!problem.violations().isEmpty()) {
            return problem.violations();
        }
        Integer line = file.documents().stream()
                .filter(document -> problem.detail().startsWith(document.key() + " "))
                .findFirst()
                .map(document -> document.line("key"))
                .orElse(null);
        return List.of(new Violation("", problem.detail(), problem.expected(), line));
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
        return page(page.isFine() ? OK : UNPROCESSABLE, page);
    }

    private static RestResponse<Object> page(int status, ImportPage page) {
        return RestResponse.ResponseBuilder.<Object>create(status)
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
