package dev.switchback.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.environment.EnvironmentContent;
import dev.switchback.sampling.Amount;
import dev.switchback.sampling.MetricPlan;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Outcome;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepExecutor;
import dev.switchback.step.StepExecutors;
import dev.switchback.step.StepKind;
import dev.switchback.step.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known before anything is measured. */
class ObstacleTest {

    private static final StepExecutors COMMANDS_ARE_OFF = new StepExecutors(List.of(new StepExecutor() {
        @Override
        public StepKind kind() {
            return StepKind.SHELL;
        }

        @Override
        public Outcome execute(JsonNode action, StepContext context) {
            throw new AssertionError("nothing is carried out");
        }

        @Override
        public void permit(Target target) {
            throw new CouldNotAskException("commands are off", "an administrator who allows them");
        }

        @Override
        public String describe(JsonNode action) {
            return "";
        }
    }));

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> obstacle(String metric) {
        var place = new EnvironmentContent(json("{'key': 'staging', 'tier': 'staging', 'targets': {'host': {'kind':"
                + " 'shell', 'directory': '/tmp'}, 'web': {'kind': 'http', 'url': 'http://127.0.0.1:9'}}}"));
        return Obstacle.of(MetricPlan.of(json(metric), Amount.FULL), place, 5, COMMANDS_ARE_OFF)
                .map(Obstacle::message);
    }

    @Test
    void a_metric_of_a_command_is_not_measured_where_commands_are_off() {
        assertThat(obstacle("{'name': 'rows', 'shell': {'target': 'host', 'command': 'wc -l'}}"))
                .contains("rows: commands are off");
    }

    @Test
    void nor_is_one_whose_caches_a_command_makes_cold() {
        assertThat(obstacle("{'name': 'list', 'class': 'cold', 'http': {'target': 'web', 'request': 'GET /'}, 'coldBy':"
                        + " {'shell': {'target': 'host', 'command': 'purge'}}}"))
                .contains("list, coldBy: commands are off");
    }

    @Test
    void what_needs_no_command_is_measured_all_the_same() {
        assertThat(obstacle("{'name': 'list', 'http': {'target': 'web', 'request': 'GET /'}}"))
                .isEmpty();
    }
}
