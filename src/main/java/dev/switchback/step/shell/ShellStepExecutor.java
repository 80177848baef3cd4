package dev.switchback.step.shell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.step.Action;
import dev.switchback.step.Cancellation;
import dev.switchback.step.CarefulExecutor;
import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Durations;
import dev.switchback.step.Outcome;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepKind;
import dev.switchback.step.Target;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs {@code {target, command | script, environment, strict, expectExit, expectOutput}} in bash on this machine, in
 * the directory of a target of kind {@code shell}.
 *
 * <p>{@code command} and {@code script} are treated alike: {@code bash -euo pipefail -c}, without the flags when
 * {@code strict: false}; stdin is empty; the environment is {@link ShellEnvironment}. {@code expectExit} is a number or
 * a list, default 0; {@code expectOutput} is a text that must occur in what it prints, on either stream. The value is
 * the last line of stdout that is not blank, whatever the exit status.
 *
 * <p>When the brake is pulled, TERM goes to every process of the attempt, KILL after the grace time. A command that ends
 * by itself may leave processes in the background; they are left alone.
 *
 * <p>{@link ShellPolicy} is asked before every process; where it says no, nothing runs.
 */
public final class ShellStepExecutor extends CarefulExecutor {

    /** Linux takes at most 128 KiB in one argument. */
    private static final int LONGEST_ARGUMENT = 100 * 1024;

    private final ShellPolicy policy;

    /** @param policy whether, where and as whom commands run */
    public ShellStepExecutor(ShellPolicy policy) {
        this.policy = policy;
    }

    @Override
    public StepKind kind() {
        return StepKind.SHELL;
    }

    @Override
    public void permit(Target target) {
        directory(target, policy);
    }

    @Override
    protected String summary(Action action) {
        return Action.firstLine(
                action.text("command").or(() -> action.text("script")).orElse(""));
    }

    @Override
    protected Outcome carryOut(Action action, StepContext context) {
        Set<Integer> expectedExits = expectedExits(action);
        String code = code(action);
        policy.requireOn();
        Optional<Path> file = fileFor(code);
        try {
            ShellCommand command = command(action, context, code, file);
            context.log().engine("bash in " + command.directory() + ": " + Action.firstLine(code));
            String wanted = action.text("expectOutput").orElse("").strip();
            var running = new RunningCommand(StartedProcess.of(command), context, wanted);
            int status = running.await();
            return judged(running, status, expectedExits, wanted, context);
        } finally {
            file.ifPresent(ShellStepExecutor::delete);
        }
    }

    private ShellCommand command(Action action, StepContext context, String code, Optional<Path> file) {
        File directory = directory(action.target(context, "shell"), policy);
        var environment = ShellEnvironment.of(action, context, policy.user());
        return new ShellCommand(commandLine(action.flag("strict", true), code, file), directory, environment);
    }

    @Override
    protected void draw(Action action, StepContext context, Rendering.Draft draft) {
        String code = code(action);
        draft.text("command", code.stripTrailing());
        draft.attempt(() -> draft.expects("exit status "
                + expectedExits(action).stream().map(String::valueOf).collect(Collectors.joining(" or "))
                + action.text("expectOutput")
                        .map(text -> ", and “" + text.strip() + "” in what it prints")
                        .orElse("")));
        draft.attempt(policy::requireOn);
        draft.attempt(() -> draft.text("run by", program(action, code)));
        draft.attempt(() -> draft.values("environment", ShellEnvironment.of(action, context, policy.user())));
        Target target = action.target(context, "shell");
        draft.at(target.text("directory", ".") + " on the machine of the Switchback server");
        draft.at(directory(target, policy) + " on the machine of the Switchback server");
    }

    /** What starts the code: the same line, without the code itself. */
    private String program(Action action, String code) {
        List<String> line = commandLine(action.flag("strict", true), "", Optional.empty());
        return String.join(" ", line.subList(0, line.size() - (isShort(code) ? 1 : 2)))
                + (isShort(code) ? "" : " with the command in a file");
    }

    @Override
    protected Preparation makeReady(Action action, StepContext context) {
        String code = code(action);
        return isShort(code)
                ? PreparedCommands.HERE.prepare(command(action, context, code, Optional.empty()))
                : Preparation.NOTHING;
    }

    static File directory(Target target, ShellPolicy policy) {
        Path stated = new File(target.text("directory", "."))
                .getAbsoluteFile()
                .toPath()
                .normalize();
        File directory = policy.permit(stated, target.name()).toFile();
        if (!directory.isDirectory()) {
            throw new CouldNotAskException(
                    "the directory " + directory + " of the target " + target.name() + " does not exist",
                    "an existing directory on the machine of the Switchback server");
        }
        return directory;
    }

    private static String code(Action action) {
        Optional<String> command = action.text("command");
        Optional<String> script = action.text("script");
        if (command.isPresent() == script.isPresent()) {
            throw new CouldNotAskException(
                    "the action has "
                            + (command.isPresent() ? "both command and script" : "neither command nor script"),
                    "either command or script");
        }
        String code = command.or(() -> script).orElseThrow().replace("\r\n", "\n");
        if (code.indexOf('\0') >= 0) {
            throw new CouldNotAskException("the command contains a NUL character", "text that bash can read");
        }
        return code;
    }

    private static Set<Integer> expectedExits(Action action) {
        Optional<JsonNode> stated = action.member("expectExit");
        try {
            return stated.isEmpty()
                    ? Set.of(0)
                    : action.texts("expectExit").stream()
                            .map(text -> Integer.valueOf(text.strip()))
                            .collect(Collectors.toCollection(TreeSet::new));
        } catch (NumberFormatException wrong) {
            throw new CouldNotAskException(
                    "expectExit is " + stated.orElseThrow(), "an exit status such as 0, or a list of them");
        }
    }

    private List<String> commandLine(boolean strict, String code, Optional<Path> file) {
        var line = new ArrayList<String>(policy.user().map(ShellUser::prefix).orElse(List.of()));
        line.add(bash().orElseThrow(() -> new CouldNotAskException(
                "there is no bash on the machine of the Switchback server", "bash in /bin or /usr/bin")));
        if (strict) {
            line.addAll(List.of("-euo", "pipefail"));
        }
        if (file.isPresent()) {
            line.add(file.get().toString());
        } else {
            line.addAll(List.of("-c", code));
        }
        return line;
    }

    static Optional<String> bash() {
        return program("bash");
    }

    static Optional<String> program(String name) {
        return Stream.of("/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/")
                .map(directory -> directory + name)
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    private static boolean isShort(String code) {
        return code.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ARGUMENT;
    }

    private Optional<Path> fileFor(String code) {
        if (isShort(code)) {
            return Optional.empty();
        }
        byte[] bytes = code.getBytes(StandardCharsets.UTF_8);
        try {
            // Temporary files are readable by their owner only.
            Path file = Files.createTempFile("switchback-step-", ".sh");
            Files.write(file, bytes);
            for (ShellUser user : policy.user().stream().toList()) {
                Files.setAttribute(file, "unix:uid", (int) user.id());
            }
            return Optional.of(file);
        } catch (IOException full) {
            throw new CouldNotAskException(
                    "the script could not be written to a file: " + full,
                    "room in " + System.getProperty("java.io.tmpdir"));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            file.toFile().deleteOnExit();
        }
    }

    private static Outcome judged(
            RunningCommand running, int status, Set<Integer> expectedExits, String wanted, StepContext context) {
        if (running.cutLines()) {
            context.log().engine("lines longer than 64 KiB go on in the next line");
        }
        Outcome outcome = running.ending().isPresent()
                ? stopped(running, context)
                : ended(running, status, expectedExits, wanted, context);
        outcome = outcome.withExitStatus(status).withValue(running.value().orElse(null));
        Optional<RuntimeException> logFailure = running.logFailure();
        return logFailure.isPresent()
                ? outcome.withWarning(
                        "part of the log is lost: " + logFailure.get().getMessage())
                : outcome;
    }

    private static Outcome stopped(RunningCommand running, StepContext context) {
        String why = context.cancellation()
                .reason()
                .map(reason -> reason == Cancellation.Reason.TIMEOUT ? "timed out" : "aborted")
                .orElse("stopped with the server");
        String message = why + " after " + Durations.words(running.elapsed()) + "; "
                + running.ending().orElseThrow().words(context.cancellation().grace(context.grace()));
        context.log().engine(message);
        return Outcome.failed(message, "an end by itself, in time");
    }

    private static Outcome ended(
            RunningCommand running, int status, Set<Integer> expectedExits, String wanted, StepContext context) {
        if (!expectedExits.contains(status)) {
            tellWhatIsLeft(running, context);
            return Outcome.failed(exit(status) + lastWords(running, context), "exit status " + words(expectedExits));
        }
        if (!running.foundWanted() && !wanted.isEmpty()) {
            return Outcome.failed(
                    exit(status) + ", but the expected text was not in the output", "\"" + wanted + "\" in the output");
        }
        Outcome succeeded = Outcome.succeeded(exit(status) + " after " + Durations.words(running.elapsed()));
        return running.trouble()
                .filter(any -> status == 0)
                .map(line -> succeeded.withWarning("exit status 0, but the output says: " + context.firstLine(line)))
                .orElse(succeeded);
    }

    private static void tellWhatIsLeft(RunningCommand running, StepContext context) {
        int left = running.leftBehind();
        if (left > 0) {
            context.log()
                    .engine(left + (left == 1 ? " process" : " processes") + " of this failed command still "
                            + (left == 1 ? "runs" : "run") + " in the background");
        }
    }

    private static String exit(int status) {
        return status > 128 && status < 128 + 65
                ? "ended by signal " + (status - 128) + " (exit status " + status + ")"
                : "exit status " + status;
    }

    private static String lastWords(RunningCommand running, StepContext context) {
        return running.lastWords().map(line -> ": " + context.firstLine(line)).orElse("");
    }

    private static String words(Set<Integer> exits) {
        return exits.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }
}
