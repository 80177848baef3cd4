package dev.switchback.faults;

import java.time.LocalTime;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Keeps what the instances wrote when a story fails, and says where it is. */
final class Traces implements TestWatcher {

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        Cluster cluster = Cluster.get();
        cluster.keepFolder();
        System.err.println(LocalTime.now() + " " + context.getDisplayName() + " failed: " + cause.getMessage()
                + "\nThe logs of both instances and the files of all runs are in " + cluster.folder);
        cluster.both().forEach(instance -> System.err.println("-- " + instance.name + "\n" + instance.lastWords()));
    }
}
