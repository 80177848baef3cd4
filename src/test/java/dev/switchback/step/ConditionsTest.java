package dev.switchback.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.step.Answer.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Outcome OK = Outcome.succeeded("ok");
    private static final Outcome NO = Outcome.failed("exit status 1", "exit status 0");
    private static final Outcome GONE = Outcome.errored("connection refused", "a connection");

    private static Answer ask(String condition, Outcome outcome) {
        Condition read = Condition.of(Json.of(condition));
        var executors = new StepExecutors(List.of(new ScriptedExecutor(read.kind(), outcome)));
        return new Conditions(executors).ask(read, new Attempt().context());
    }

    @Test
    void holds_when_the_value_is_as_expected() {
        Answer answer = ask("{sql: {target: db, query: SELECT 1}, is: '> 0'}", OK.withValue("3"));

        assertThat(answer.state()).isEqualTo(State.HOLDS);
        assertThat(answer.value()).contains("3");
        assertThat(answer.message()).isEqualTo("was 3, expected > 0");
    }

    @Test
    void a_value_counts_whatever_the_exit_status() {
        assertThat(ask("{shell: {target: a, command: x}, is: 5}", NO.withValue("5"))
                        .holds())
                .isTrue();
        assertThat(ask("{shell: {target: a, command: x}, is: 5}", NO.withValue("6"))
                        .state())
                .isEqualTo(State.DOES_NOT_HOLD);
    }

    @Test
    void no_value_is_could_not_ask_and_never_no() {
        assertThat(ask("{shell: {target: a, command: x}, is: 5}", OK).state()).isEqualTo(State.COULD_NOT_ASK);
        assertThat(ask("{shell: {target: a, command: x}, is: 5}", NO).state()).isEqualTo(State.COULD_NOT_ASK);
        assertThat(ask("{sql: {target: a, query: x}, is: 5}", Outcome.failed("no row", ""))
                        .state())
                .isEqualTo(State.COULD_NOT_ASK);
    }

    @Test
    void null_in_the_database_is_an_answer_that_equals_nothing() {
        assertThat(ask("{sql: {target: a, query: x}, is: 5}", OK).state()).isEqualTo(State.DOES_NOT_HOLD);
        assertThat(ask("{sql: {target: a, query: x}, is: '!= 5'}", OK).message())
                .contains("NULL");
    }

    @Test
    void could_not_ask_is_kept_apart_from_no() {
        Answer answer = ask("{sql: {target: db, query: x}, is: 1}", GONE);

        assertThat(answer.state()).isEqualTo(State.COULD_NOT_ASK);
        assertThat(answer.message()).isEqualTo("could not ask: connection refused");
        assertThat(ask("{shell: {target: a, command: x}}", Outcome.unknown("lost", ""))
                        .couldNotAsk())
                .isTrue();
    }

    @Test
    void without_an_expectation_the_action_speaks_for_itself() {
        assertThat(ask("{shell: {target: a, command: x}}", OK).state()).isEqualTo(State.HOLDS);
        assertThat(ask("{shell: {target: a, command: x}}", NO).state()).isEqualTo(State.DOES_NOT_HOLD);
        assertThat(ask("{sql: {target: a, query: x}}", Outcome.failed("no row", ""))
                        .expected())
                .isEqualTo("at least one row");
    }

    @Test
    void expects_json_beside_the_action_or_inside_it() {
        for (String condition : List.of(
                "{http: {target: web, request: GET /whoami}, expectJson: {environment: staging}}",
                "{http: {target: web, request: GET /whoami, expectJson: {environment: staging}}}")) {
            assertThat(ask(condition, OK.withValue("{\"environment\":\"staging\",\"x\":1}"))
                            .holds())
                    .isTrue();
            assertThat(ask(condition, OK.withValue("{\"environment\":\"production\"}"))
                            .message())
                    .isEqualTo("environment was \"production\", expected \"staging\"");
        }
    }

    @Test
    void the_error_page_of_a_proxy_is_not_the_answer_of_the_service() {
        Outcome badGateway = Outcome.failed("status 502", "status 200-299")
                .withExitStatus(502)
                .withValue("<html>");

        assertThat(ask("{http: {target: web, request: GET /x}, is: '!= on'}", badGateway)
                        .couldNotAsk())
                .isTrue();
        assertThat(ask("{http: {target: web, request: GET /x}}", badGateway).state())
                .isEqualTo(State.DOES_NOT_HOLD);
    }

    @Test
    void a_kind_that_this_version_does_not_have_could_not_be_asked() {
        var conditions = new Conditions(new StepExecutors(List.of()));
        Answer answer =
                conditions.ask(Condition.of(Json.of("{redis: {target: cache}, is: 1}")), new Attempt().context());

        assertThat(answer.couldNotAsk()).isTrue();
        assertThat(answer.message()).contains("this version of Switchback cannot run redis steps yet");
    }

    @Test
    void refuses_none_and_two_reading_actions() {
        assertThatThrownBy(() -> Condition.of(Json.of("{is: 1}"))).hasMessageContaining("needs an action that reads");
        assertThatThrownBy(() -> Condition.of(Json.of("{shell: {}, http: {}}"))).hasMessageContaining("shell and http");
    }

    @Test
    void two_executors_of_one_kind_are_refused() {
        assertThatThrownBy(() -> new StepExecutors(
                        List.of(new ScriptedExecutor(StepKind.SQL, OK), new ScriptedExecutor(StepKind.SQL, OK))))
                .hasMessage("two executors for sql");
    }
}
