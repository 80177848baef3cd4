package dev.switchback.house;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.switchback.platform.Main;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rooms and who may look into which; docs/decisions/0003 says why doors are treated apart. */
class RoomsTest {

    /** For the domain of each room, the rooms it may look into. A new room is added here and in docs/architecture.md. */
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            Map.entry("problem", Set.of()),
            Map.entry("secret", Set.of()),
            Map.entry("step", Set.of("problem", "secret")),
            Map.entry("sampling", Set.of("secret", "step", "verdict")),
            Map.entry("probe", Set.of("platform", "sampling", "secret", "step", "verdict")),
            Map.entry("platform", Set.of()),
            Map.entry("shape", Set.of("problem", "step")),
            Map.entry("diff", Set.of()),
            Map.entry("spool", Set.of()),
            Map.entry("retention", Set.of("audit")),
            Map.entry("audit", Set.of("platform", "problem", "secret")),
            Map.entry("access", Set.of("audit", "platform", "problem")),
            Map.entry("web", Set.of("access", "platform", "problem", "step")),
            Map.entry("environment", Set.of("access", "audit", "platform", "problem", "secret", "step", "web")),
            Map.entry("migration", Set.of("access", "environment", "platform", "problem", "web")),
            Map.entry(
                    "runbook",
                    Set.of(
                            "access",
                            "audit",
                            "diff",
                            "environment",
                            "migration",
                            "platform",
                            "problem",
                            "step",
                            "web")),
            Map.entry(
                    "run",
                    Set.of(
                            "access",
                            "audit",
                            "comparison",
                            "environment",
                            "measurement",
                            "migration",
                            "platform",
                            "probe",
                            "problem",
                            "runbook",
                            "secret",
                            "spool",
                            "step",
                            "web")),
            Map.entry(
                    "readiness",
                    Set.of(
                            "access",
                            "checklist",
                            "comparison",
                            "environment",
                            "measurement",
                            "migration",
                            "platform",
                            "probe",
                            "problem",
                            "run",
                            "runbook",
                            "step",
                            "verdict",
                            "web")),
            Map.entry(
                    "exchange",
                    Set.of(
                            "access",
                            "audit",
                            "diff",
                            "environment",
                            "migration",
                            "platform",
                            "problem",
                            "run",
                            "runbook",
                            "shape",
                            "step",
                            "web")),
            Map.entry(
                    "life",
                    Set.of(
                            "access",
                            "audit",
                            "exchange",
                            "migration",
                            "platform",
                            "problem",
                            "runbook",
                            "shape",
                            "web")),
            Map.entry(
                    "checklist",
                    Set.of("access", "audit", "migration", "platform", "problem", "run", "runbook", "web")),
            Map.entry(
                    "edit",
                    Set.of(
                            "access",
                            "diff",
                            "environment",
                            "exchange",
                            "migration",
                            "platform",
                            "problem",
                            "runbook",
                            "shape",
                            "step",
                            "web")),
            Map.entry("instance", Set.of("access")),
            Map.entry(
                    "preview",
                    Set.of(
                            "access",
                            "environment",
                            "measurement",
                            "migration",
                            "platform",
                            "problem",
                            "run",
                            "runbook",
                            "secret",
                            "step",
                            "web")),
            Map.entry("people", Set.of("access", "environment", "migration", "platform", "problem", "shape", "web")),
            Map.entry(
                    "measurement",
                    Set.of(
                            "access",
                            "audit",
                            "environment",
                            "migration",
                            "platform",
                            "problem",
                            "runbook",
                            "sampling",
                            "secret",
                            "step",
                            "verdict",
                            "web")),
            Map.entry("verdict", Set.of()),
            Map.entry(
                    "schedule",
                    Set.of("access", "audit", "environment", "migration", "platform", "problem", "run", "step", "web")),
            Map.entry(
                    "comparison",
                    Set.of(
                            "access",
                            "audit",
                            "environment",
                            "measurement",
                            "migration",
                            "platform",
                            "problem",
                            "runbook",
                            "step",
                            "verdict",
                            "web")),
            Map.entry(
                    "engine",
                    Set.of(
                            "comparison",
                            "environment",
                            "measurement",
                            "migration",
                            "platform",
                            "probe",
                            "problem",
                            "run",
                            "runbook",
                            "sampling",
                            "secret",
                            "spool",
                            "step")),
            Map.entry("demo", Set.of("access", "environment", "exchange", "migration", "platform", "problem")));

    static final List<String> ROOMS = MAY_SEE.keySet().stream().sorted().toList();

    private static final JavaClasses HOUSE = new ClassFileImporter().importPath(compiled());

    private static Path compiled() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Pages and endpoints, with everything declared in them: the doors of a room. They may show any room. */
    private static final DescribedPredicate<JavaClass> DOORS = DescribedPredicate.describe(
            "are doors (*Pages, *Api)", type -> outermost(type).getSimpleName().matches(".*(Pages|Api)"));

    /**
     * The one look upwards: {@code ./switchback reset-password} belongs to starting and stopping and works while no
     * server runs, and the password it changes belongs to access.
     */
    private static final DescribedPredicate<JavaClass> ALLOWED = DescribedPredicate.describe(
            "is ResetPassword", type -> outermost(type).getName().equals("dev.switchback.platform.ResetPassword"));

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(RoomsTest::outermost).orElse(type);
    }

    private static String in(String room) {
        return "dev.switchback." + room + "..";
    }

    @Test
    void every_room_stands_in_the_table() {
        Set<String> found = HOUSE.stream()
                .map(type -> type.getPackageName().split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).containsExactlyElementsOf(ROOMS);
    }

    @ParameterizedTest
    @FieldSource("ROOMS")
    void the_domain_of_a_room_sees_only_what_the_table_says(String room) {
        String[] open = Stream.concat(Stream.of(room), MAY_SEE.get(room).stream())
                .map(RoomsTest::in)
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(in(room)).and(not(DOORS)).and(not(ALLOWED)))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.switchback..").and(not(resideInAnyPackage(open))))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void no_two_rooms_need_each_other() {
        slices().matching("dev.switchback.(*)..")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(DOORS, alwaysTrue())
                .ignoreDependency(ALLOWED, alwaysTrue())
                .check(HOUSE);
    }

    @Test
    void a_step_type_knows_no_other_and_nothing_but_its_contract() {
        for (String type : Set.of("shell", "http", "sql", "manual", "wait", "check")) {
            noClasses()
                    .that()
                    .resideInAPackage(in("step." + type))
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.switchback..")
                            .and(not(resideInAnyPackage(
                                    "dev.switchback.step", in("step." + type), in("secret"), in("problem")))))
                    .check(HOUSE);
        }
    }

    @Test
    void the_contract_of_steps_knows_no_step_type() {
        noClasses()
                .that()
                .resideInAPackage("dev.switchback.step")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.switchback.step.*..")
                .check(HOUSE);
    }

    @Test
    void problems_and_verdicts_are_pure() {
        noClasses()
                .that()
                .resideInAnyPackage(in("problem"), in("verdict"))
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "java..",
                        in("problem"),
                        in("verdict"),
                        "org.apache.commons.statistics..",
                        // How a problem is spelled in JSON; annotations do nothing by themselves.
                        "com.fasterxml.jackson.annotation")))
                .check(HOUSE);
    }

    @Test
    void nobody_uses_the_engine_or_the_demo_not_even_a_page() {
        for (String room : Set.of("engine", "demo")) {
            noClasses()
                    .that(not(resideInAPackage(in(room))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(in(room))
                    .check(HOUSE);
        }
    }

    @Test
    void the_shop_of_the_demo_stands_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.switchback.demo.shop..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.switchback..").and(not(resideInAPackage("dev.switchback.demo.shop.."))))
                .check(HOUSE);
    }

    @Test
    void no_name_says_nothing() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Service")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(HOUSE);
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..common..",
                        "..core..",
                        "..service..",
                        "..impl..",
                        "..dto..",
                        "..model..",
                        "..helper..")
                .check(HOUSE);
    }
}
