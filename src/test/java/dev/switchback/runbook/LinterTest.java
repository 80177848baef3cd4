package dev.switchback.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.runbook.Finding.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class LinterTest {
    private static final String SAFE = ", idempotent: true, noRollback: harmless";

    private static List<Finding> lint(String content) {
        return Linter.of(RunbookTest.read(content));
    }

    private static List<Finding> lintStep(String members) {
        return lint("probe: {target: web, request: GET /health}\nsteps:\n  - {id: one, title: One, " + members + "}\n"
                + "  - {id:"
                + " look,"
                + " title:"
                + " Look,"
                + " phase:"
                + " contract,"
                + " manual:"
                + " {instructions:"
                + " Look.},"
                + " noRollback:"
                + " it looks}\n");
    }

    private static List<String> rules(String members) {
        return lintStep(members).stream().map(Finding::rule).toList();
    }

    @Test
    void a_good_step_has_no_finding() {
        assertThat(rules("phase: change, idempotent: true, shell: {target: host, command: ls},"
                        + " rollback: {shell: {target: host, command: ls}}"))
                .isEmpty();
        assertThat(lint("")).isEmpty();
    }

    @Test
    void a_changing_step_without_a_way_back_is_an_error() {
        Finding finding = lintStep("phase: change, idempotent: true, shell: {target: host, command: ls}")
                .get(0);

        assertThat(finding.rule()).isEqualTo("undo-missing");
        assertThat(finding.level()).isEqualTo(Level.ERROR);
        assertThat(finding.place()).isEqualTo("steps[0]");
        assertThat(finding.message()).isEqualTo("Step “one” changes something and has no way back");
    }

    @Test
    void what_refills_by_itself_or_is_done_by_a_person_is_only_a_warning() {
        String http = "phase: clear-cache, idempotent: true, retries: 1, http: {target: web, request: POST /clear,"
                + " expectStatus: 204}";
        assertThat(lintStep(http)).extracting(Finding::level).containsExactly(Level.WARNING);
        assertThat(lintStep("phase: change, redis: {target: cache, delete: 'a:*'}"))
                .extracting(Finding::level)
                .containsExactly(Level.WARNING);
        assertThat(rules("phase: change, manual: {instructions: Do it.}")).containsExactly("undo-missing");
        assertThat(rules("phase: verify, manual: {instructions: Look.}")).isEmpty();
    }

    @Test
    void steps_that_only_read_need_no_way_back() {
        assertThat(rules("phase: verify, check: {sql: {target: db, query: SELECT 1}, is: 1}"))
                .isEmpty();
        assertThat(rules("phase: verify, wait: {for: 1s}")).isEmpty();
        assertThat(rules("phase: verify, http: {target: web, request: GET /x}")).isEmpty();
    }

    @Test
    void a_rollback_beside_a_reason_for_none_contradicts_itself() {
        assertThat(rules("phase: change, idempotent: true, shell: {target: host, command: ls}, noRollback: why,"
                        + " rollback: {shell: {target: host, command: ls}}"))
                .containsExactly("undo-contradicted");
    }

    @Test
    void an_interrupted_step_must_be_settled_by_somebody() {
        String step = "phase: change, shell: {target: host, command: ls}, noRollback: harmless";
        assertThat(rules(step)).containsExactly("interruption-unsettled");
        assertThat(rules(step + ", idempotent: true")).isEmpty();
        assertThat(rules(step + ", appliedWhen: {shell: {target: host, command: ls}}"))
                .isEmpty();
    }

    @Test
    void an_idempotent_step_over_the_network_may_be_retried() {
        String step = "phase: change, sql: {target: db, statements: [SELECT f()]}" + SAFE;
        assertThat(rules(step)).containsExactly("retries-missing");
        assertThat(rules(step + ", retries: 2")).isEmpty();
    }

    @Test
    void a_change_over_http_should_prove_itself() {
        String step = "phase: change, retries: 1, http: {target: web, request: POST /x%s}" + SAFE;
        assertThat(rules(step.formatted(""))).containsExactly("http-unproven");
        assertThat(rules(step.formatted(", expectJson: {a: 1}"))).isEmpty();
    }

    @Test
    void irreversible_steps_belong_to_the_end() {
        String step = "phase: %s, irreversible: gone, idempotent: true, shell: {target: host, command: rm x}";
        assertThat(rules(step.formatted("change"))).containsExactly("irreversible-early");
        assertThat(rules(step.formatted("contract"))).isEmpty();
    }

    @Test
    void steps_out_of_the_order_of_phases_are_worth_a_look() {
        assertThat(lint("steps:\n  - {id: a, title: A, phase: verify, wait: {for: 1s}}\n"
                        + "  - {id: b, title: B, phase: prepare, wait: {for: 1s}}\n"))
                .extracting(Finding::rule, Finding::level, Finding::place)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("phase-order", Level.INFO, "steps[1]"));
    }

    @Test
    void nothing_should_clear_a_whole_cache() {
        String step = "phase: clear-cache, noRollback: it refills, redis: {target: cache, delete: '%s'%s}";
        assertThat(rules(step.formatted("*", ""))).containsExactly("cache-cleared-whole");
        assertThat(rules(step.formatted("*", ", atMost: 100"))).isEmpty();
        assertThat(rules(step.formatted("settings:*", ""))).isEmpty();
    }

    @Test
    void a_change_without_a_probe_or_a_look_afterwards_is_unproven() {
        assertThat(lint("steps:\n  - {id: a, title: A, phase: change, idempotent: true, noRollback: harmless,"
                        + " shell: {target: host, command: ls}}\n"))
                .extracting(Finding::rule)
                .containsExactly("probe-missing", "change-unverified");
    }

    @Test
    void dangerous_statements_are_found() {
        assertThat(sql("CREATE INDEX i ON t (a)")).containsExactly("index-blocks-writes");
        assertThat(sql("create unique index -- why\\n i on t (a)")).containsExactly("index-blocks-writes");
        assertThat(sql("CREATE INDEX CONCURRENTLY i ON t (a)")).isEmpty();
        assertThat(sql("CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)")).containsExactly("index-failure-hidden");
        assertThat(sql("DELETE FROM t")).containsExactly("whole-table-changed");
        assertThat(sql("UPDATE t SET a = 'where'")).containsExactly("whole-table-changed");
        assertThat(sql("UPDATE t SET a = 1 WHERE b = 2")).isEmpty();
        assertThat(sql("INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 1"))
                .isEmpty();
        assertThat(sql("CREATE TABLE t (a int)")).isEmpty();
    }

    private static List<String> sql(String statement) {
        return rules("phase: change, retries: 1, sql: {target: db, statements: [\"" + statement + "\"]}" + SAFE);
    }

    @Test
    void concurrently_inside_a_transaction_is_an_error() {
        assertThat(lintStep("phase: change, retries: 1" + SAFE + ", sql: {target: db, transaction: true,"
                        + " statements: [DROP INDEX CONCURRENTLY i]}"))
                .extracting(Finding::rule, Finding::level)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("concurrently-in-transaction", Level.ERROR));
    }

    @Test
    void secrets_in_plain_text_are_found_and_not_repeated() {
        for (String command : List.of(
                "mysql --password=hunter2x",
                "export API_KEY='hunter2x'",
                "curl -H 'Authorization: Bearer hunter2x' http://x",
                "psql postgres://joe:hunter2x@db/shop",
                "echo AKIAHUNTER2XHUNTER2X")) {
            List<Finding> findings =
                    lintStep("phase: change, shell: {target: host, command: \"" + command + "\"}" + SAFE);

            assertThat(findings).as(command).extracting(Finding::rule).containsExactly("secret-in-text");
            assertThat(findings.get(0).place()).isEqualTo("steps[0].shell.command");
            assertThat(findings.toString()).doesNotContain("hunter2x").doesNotContain("AKIAHUNTER");
        }
    }

    @Test
    void what_only_speaks_of_secrets_is_not_one() {
        for (String command : List.of(
                "mysql --password=$PASSWORD",
                "export TOKEN=secret:NAME",
                "UPDATE t SET token = :token WHERE id = 1",
                "psql postgres://joe:$PW@db/shop",
                "max_tokens=100000",
                "rotate the password: see the wiki",
                "SELECT password_hash FROM person")) {
            assertThat(rules("phase: change, shell: {target: host, command: \"" + command + "\"}" + SAFE))
                    .as(command)
                    .isEmpty();
        }
    }

    @Test
    void errors_come_first() {
        List<Finding> findings = lint("steps:\n  - {id: a, title: A, phase: change, idempotent: true,"
                + " http: {target: web, request: POST /x}}\n");

        assertThat(findings)
                .extracting(Finding::level)
                .isSorted()
                .startsWith(Level.ERROR)
                .endsWith(Level.INFO);
    }

    @Test
    void long_texts_are_looked_at_quickly() {
        for (String piece : List.of("token", "/*", "'", "password=", "://a:", "eyJ-", "--", "secret_", "xoxb-")) {
            String text = piece.repeat(90_000 / piece.length());
            var content =
                    RunbookTest.read("steps: [{id: a, title: A, phase: change, sql: {target: db, statements: [x]}}]\n");
            ((com.fasterxml.jackson.databind.node.ArrayNode) content.at("/steps/0/sql/statements")).set(0, text);

            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Linter.of(content), piece);
        }
    }
}
