package dev.switchback.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepKind;
import dev.switchback.step.shell.ShellPolicy;
import dev.switchback.step.shell.ShellStepExecutor;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeNumbersTest {

    /** Answers what it is told to, in order. */
    private record Saying(StepKind kind, Iterator<Outcome> outcomes) implements StepExecutor {

        static Saying values(StepKind kind, String... values) {
            return new Saying(
                    kind,
                    List.of(values).stream()
                            .map(value -> Outcome.succeeded("read").withValue(value))
                            .iterator());
        }

        @Override
        public Outcome execute(JsonNode action, StepContext context) {
            return outcomes.next();
        }

        @Override
        public String describe(JsonNode action) {
            return "";
        }
    }

    @Test
    void asks_a_query_as_often_as_it_says() {
        Samples samples = Samples.at().with(Saying.values(StepKind.SQL, "3", " 4.5 ", "5"));
        Sitting sitting = samples.take("{name: rows, sql: {target: db, query: SELECT 1, repeat: 3}}");
        assertThat(sitting.trouble()).isEmpty();
        assertThat(samples.all).extracting(Taken::value).containsExactly(3.0, 4.5, 5.0);
        assertThat(samples.all).extracting(Taken::block).containsExactly(0, 1, 2);
        assertThat(sitting.facts().blocksTaken()).isEqualTo(3);
    }

    @Test
    void the_number_of_a_command_is_the_last_line_that_it_prints() {
        Samples samples =
                Samples.at(Samples.target("host", "shell", "")).with(new ShellStepExecutor(ShellPolicy.ANYWHERE));
        Sitting sitting =
                samples.take("{name: s, shell: {target: host, command: echo imported; echo 12.25, repeat: 2}}");
        assertThat(sitting.trouble()).isEmpty();
        assertThat(samples.all).extracting(Taken::value).containsExactly(12.25, 12.25);
    }

    @Test
    void what_is_not_a_number_ends_the_metric_with_what_was_said() {
        Samples samples = Samples.at().with(Saying.values(StepKind.SQL, "many"));
        Sitting sitting = samples.take("{name: rows, sql: {target: db, query: SELECT 1, repeat: 3}}");
        assertThat(sitting.trouble().orElseThrow().message())
                .isEqualTo("the query gave \"many\", which is not a number");
        assertThat(Samples.at()
                        .with(Saying.values(StepKind.SQL, "NaN"))
                        .take("{name: rows, sql: {target: db, query: SELECT 1}}")
                        .trouble())
                .isPresent();
    }

    @Test
    void one_number_that_cannot_be_had_is_noted_and_the_others_count() {
        var outcomes = List.of(
                Outcome.succeeded("").withValue("1"),
                Outcome.failed("exit status 3", "exit status 0"),
                Outcome.succeeded("").withValue("2"),
                Outcome.succeeded("").withValue("3"));
        Samples samples = Samples.at().with(new Saying(StepKind.SHELL, outcomes.iterator()));
        Sitting sitting = samples.take("{name: s, shell: {target: host, command: x, repeat: 4}}");
        assertThat(sitting.trouble()).isEmpty();
        assertThat(samples.all).extracting(Taken::value).containsExactly(1.0, null, 2.0, 3.0);
        assertThat(samples.all.get(1).errorKind()).isEqualTo("other");
        assertThat(sitting.facts().notes()).containsExactly("Not every number could be had: exit status 3");
    }

    @Test
    void a_source_that_cannot_be_asked_is_asked_once_only() {
        var outcomes = List.of(Outcome.errored("no connection to db", "a database that answers"));
        Samples samples = Samples.at().with(new Saying(StepKind.SQL, outcomes.iterator()));
        Sitting sitting = samples.take("{name: rows, sql: {target: db, query: SELECT 1, repeat: 50}}");
        assertThat(sitting.trouble().orElseThrow())
                .isEqualTo(new CouldNotAsk("no connection to db", "a database that answers"));
    }
}
