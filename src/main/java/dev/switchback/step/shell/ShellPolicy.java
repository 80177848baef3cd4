package dev.switchback.step.shell;

import dev.switchback.step.CouldNotAskException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether, where and as whom commands run on this machine. Asked when a run is to start, when an environment is checked,
 * and again right before every process.
 *
 * @param enabled whether any command runs here at all
 * @param directories in these, and in what is below them, links resolved; empty for everywhere
 * @param user the user of the system as whom they run; empty for the one of the server
 * @param trouble why they cannot run as that user: then none runs
 */
public record ShellPolicy(boolean enabled, List<Path> directories, Optional<ShellUser> user, Optional<String> trouble) {

    /** Everywhere on this machine, as the user of the server. */
    public static final ShellPolicy ANYWHERE = new ShellPolicy(true, List.of(), Optional.empty(), Optional.empty());

    /** Nowhere. */
    public static final ShellPolicy OFF = new ShellPolicy(false, List.of(), Optional.empty(), Optional.empty());

    public ShellPolicy {
        directories = List.copyOf(directories);
    }

    /** As stated in the configuration. */
    public static ShellPolicy of(boolean enabled, List<Path> directories, Optional<String> userName) {
        try {
            return new ShellPolicy(enabled, directories, userName.map(ShellUser::find), Optional.empty());
        } catch (CouldNotAskException impossible) {
            return new ShellPolicy(enabled, directories, Optional.empty(), Optional.of(impossible.getMessage()));
        }
    }

    /** @throws CouldNotAskException when no command runs here, or not as it should */
    void requireOn() {
        if (!enabled) {
            throw new CouldNotAskException(
                    "commands on the machine of the Switchback server are switched off (switchback.shell.enabled)",
                    "an administrator who allows them with switchback.shell.enabled=true, best with"
                            + " switchback.shell.directories; see “Where steps may run” in docs/security.md");
        }
        trouble.ifPresent(why -> {
            throw new CouldNotAskException(
                    why + " (switchback.shell.user)", "a user as whom this server can start commands");
        });
    }

    /**
     * The directory, with its links resolved: that is the one that is looked at, and the one that is used.
     *
     * @throws CouldNotAskException when it is not there, or not among the allowed ones
     */
    Path permit(Path directory, String target) {
        requireOn();
        Path real;
        try {
            real = directory.toRealPath();
        } catch (IOException gone) {
            throw new CouldNotAskException(
                    "the directory " + directory + " of the target " + target + " does not exist",
                    "an existing directory on the machine of the Switchback server");
        }
        if (!directories.isEmpty() && directories.stream().noneMatch(allowed -> isBelow(real, allowed))) {
            throw new CouldNotAskException(
                    "the directory " + directory + " of the target " + target + " is not allowed on this server"
                            + (real.equals(directory) ? "" : "; it leads to " + real),
                    "a directory in "
                            + directories.stream().map(Path::toString).collect(Collectors.joining(" or "))
                            + " (switchback.shell.directories)");
        }
        return directories.isEmpty() ? directory : real;
    }

    private static boolean isBelow(Path real, Path allowed) {
        try {
            return real.startsWith(allowed.toRealPath());
        } catch (IOException notThere) {
            return false;
        }
    }
}
