package dev.switchback.edit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.Owners;
import dev.switchback.access.Right;
import dev.switchback.edit.FormPage.Advice;
import dev.switchback.edit.FormPage.Answer;
import dev.switchback.edit.FormPage.What;
import dev.switchback.environment.Editors;
import dev.switchback.environment.Environment;
import dev.switchback.environment.Environments;
import dev.switchback.exchange.RunbookFileWriter;
import dev.switchback.exchange.SourcePatch;
import dev.switchback.migration.Decisions;
import dev.switchback.migration.Migration;
import dev.switchback.migration.Migrations;
import dev.switchback.problem.Problem;
import dev.switchback.problem.Violation;
import dev.switchback.runbook.Linter;
import dev.switchback.shape.ObjectShape;
import dev.switchback.shape.RunbookShapes;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.RestResponse;

/** Shows a form: filled from what is kept, or as somebody left it. Writes nothing. */
@ApplicationScoped
public class ShowForm {

    private static final int OK = 200;
    private static final int UNPROCESSABLE = 422;
    private static final String MIGRATION = "migration";
    private static final String ENVIRONMENT = "environment";

    @Inject
    Owners owners;

    @Inject
    Migrations migrations;

    @Inject
    Environments environments;

    @Inject
    Editors editors;

    @Inject
    CallerOfRequest caller;

    @Inject
    Decisions decisions;

    /** The page. */
    @CheckedTemplate(basePath = "edit", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance form(FormPage page);
    }

    /** What a migration is called at the head of its form. */
    static What of(Migration migration, int base) {
        var what = new What(
                MIGRATION, migration.key(), migration.title(), base, migration.changedAt(), migration.changedBy());
        return base == migration.revision() ? what : what.overtaken();
    }

    static What of(Environment environment, int base) {
        var what = new What(
                ENVIRONMENT,
                environment.key(),
                environment.name(),
                base,
                environment.changedAt(),
                environment.changedBy());
        return base == environment.revision() ? what : what.overtaken();
    }

    /** The form of a migration, filled from its present revision. */
    @Transactional
    public RestResponse<Object> migration(String key) {
        Migration migration = migrations.require(key);
        caller.get().require(Right.AUTHOR, migration.where());
        ObjectNode content = migrations.contentNow(migration);
        Answer answer = decisions
                .putAside(migration)
                .map(problem -> new Answer(false, List.of(), null, problem))
                .orElseGet(Answer::none);
        Fields fields = WriteFields.of(content, RunbookShapes.MIGRATION);
        return answer(OK, of(migration, migration.revision()), fields, List.of(), "", answer);
    }

    /** The form of an environment, filled from what it is now. */
    @Transactional
    public RestResponse<Object> environment(String key) {
        Environment environment = environments.require(key);
        editors.require(environment, caller.get());
        return fresh(
                of(environment, environment.revision()),
                WriteFields.of(environment.content().tree(), RunbookShapes.ENVIRONMENT));
    }

    /** The empty form of a migration. */
    @Transactional
    public RestResponse<Object> newMigration() {
        caller.get().requireSomewhere(Right.AUTHOR);
        return fresh(What.fresh(MIGRATION), FormMoves.ofNewMigration());
    }

    /** The empty form of an environment. */
    @Transactional
    public RestResponse<Object> newEnvironment() {
        caller.get().requireSomewhere(Right.CONFIGURE);
        return fresh(What.fresh(ENVIRONMENT), new Fields());
    }

    private RestResponse<Object> fresh(What what, Fields fields) {
        return answer(OK, what, fields, List.of(), "", Answer.none());
    }

    /**
     * The form of a migration filled from content that nobody has kept, with everything that is wrong with it.
     *
     * @param base the revision that saving it would replace
     * @param note why, as typed
     */
    @Transactional
    public RestResponse<Object> migration(Migration migration, int base, ObjectNode content, String note) {
        return unkept(of(migration, base), WriteFields.of(content, RunbookShapes.MIGRATION), note);
    }

    /** The same of an environment. */
    @Transactional
    public RestResponse<Object> environment(Environment environment, int base, ObjectNode content, String note) {
        return unkept(of(environment, base), WriteFields.of(content, RunbookShapes.ENVIRONMENT), note);
    }

    private RestResponse<Object> unkept(What what, Fields fields, String note) {
        Checked checked = Checked.of(fields, shape(what));
        Answer answer = new Answer(true, List.of(), null, null);
        return answer(checked.isFine() ? OK : UNPROCESSABLE, what, fields, checked.problems(), note, answer);
    }

    /** The form as it was sent, after a button that saves nothing. */
    @Transactional
    RestResponse<Object> again(What what, Posted posted, Checked checked) {
        boolean check = posted.button().equals("check");
        boolean file = posted.button().equals("file");
        Answer answer = new Answer(
                check,
                check ? advice(what, posted.fields(), checked) : List.of(),
                file ? text(what, checked.content()) : null,
                null);
        List<Violation> problems = check ? checked.problems() : checked.secrets();
        return answer(OK, what, posted.fields(), problems, posted.note(), answer);
    }

    /** The form as it was sent, with everything that keeps it from being saved. */
    @Transactional
    RestResponse<Object> refused(What what, Posted posted, List<Violation> problems) {
        Answer answer = new Answer(true, List.of(), null, null);
        return answer(UNPROCESSABLE, what, posted.fields(), problems, posted.note(), answer);
    }

    /** The form as it was sent, which is fine, but cannot be saved as things are. */
    @Transactional
    RestResponse<Object> refused(What what, Posted posted, Problem problem) {
        Answer answer = new Answer(true, List.of(), null, problem);
        return answer(problem.status(), what, posted.fields(), problem.violations(), posted.note(), answer);
    }

    private RestResponse<Object> answer(
            int status, What what, Fields fields, List<Violation> problems, String note, Answer answer) {
        var built = BuildForm.of(fields, shape(what), problems, what.action(), what.isNew());
        var page = FormPage.of(what, built, suggestions(), note, answer);
        return RestResponse.ResponseBuilder.<Object>create(status)
                .entity(Templates.form(page).render())
                .build();
    }

    static ObjectShape shape(What what) {
        return what.noun().equals(ENVIRONMENT) ? RunbookShapes.ENVIRONMENT : RunbookShapes.MIGRATION;
    }

    private static List<Advice> advice(What what, Fields fields, Checked checked) {
        if (!checked.isFine() || !what.noun().equals(MIGRATION)) {
            return List.of();
        }
        return Linter.of(checked.content()).stream()
                .map(finding ->
                        new Advice(finding, fields.shown(checked.places().of(finding.place()))))
                .toList();
    }

    /** The text of the file as saving would write it. */
    private String text(What what, ObjectNode content) {
        Optional<String> present = what.isNew() ? Optional.empty() : Optional.of(presentText(what));
        return present.map(text -> SourcePatch.of(text, content).text())
                .orElseGet(() -> RunbookFileWriter.write(content));
    }

    private String presentText(What what) {
        if (what.noun().equals(ENVIRONMENT)) {
            return environments.require(what.key()).source();
        }
        return migrations.text(migrations.present(migrations.require(what.key())));
    }

    private List<Suggestions> suggestions() {
        var lists = new ArrayList<Suggestions>();
        lists.add(plain("services", migrations.services()));
        lists.add(plain("owners", owners.suggested(migrations.owners())));
        lists.add(plain("intents", List.of("keep", "improve 20%", "may-worsen 5%", "informational")));
        lists.addAll(targets());
        return lists;
    }

    private static Suggestions plain(String id, List<String> values) {
        return new Suggestions(
                id, values.stream().map(each -> new Suggestions.Entry(each, "")).toList());
    }

    /** The targets of all environments, by kind and together. */
    private List<Suggestions> targets() {
        Map<String, Map<String, TreeSet<String>>> places = new LinkedHashMap<>();
        for (String kind : List.of("shell", "ssh", "http", "jdbc", "redis", "prometheus", "kubernetes")) {
            places.put("targets-" + kind, new LinkedHashMap<>());
        }
        places.put("targets", new LinkedHashMap<>());
        for (Environment environment : environments.byTier()) {
            environment.content().tree().path("targets").properties().forEach(target -> {
                String kind = target.getValue().path("kind").asText();
                for (String list : List.of("targets", "targets-" + kind)) {
                    places.computeIfAbsent(list, unknown -> new LinkedHashMap<>())
                            .computeIfAbsent(target.getKey(), name -> new TreeSet<>())
                            .add(kind + " in " + environment.key());
                }
            });
        }
        var lists = new ArrayList<Suggestions>();
        places.forEach((id, names) -> lists.add(new Suggestions(id, entries(names))));
        return lists;
    }

    private static List<Suggestions.Entry> entries(Map<String, TreeSet<String>> names) {
        return names.entrySet().stream()
                .map(each -> new Suggestions.Entry(each.getKey(), String.join(", ", each.getValue())))
                .toList();
    }
}
