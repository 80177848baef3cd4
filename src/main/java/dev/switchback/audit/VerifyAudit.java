package dev.switchback.audit;

import dev.switchback.platform.DatabaseTool;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code ./switchback verify-audit}: reads the whole trail and says whether it is whole. Works while the server is running
 * and while it is not. Exit status: 0 whole; 1 it is not, or it cannot be read.
 */
public final class VerifyAudit implements DatabaseTool {

    @Override
    public String name() {
        return "verify-audit";
    }

    @Override
    public int run(Connection connection, Path data, PrintStream out) throws SQLException {
        Optional<Chain.Key> key = Chain.Key.of(Optional.ofNullable(System.getenv("SWITCHBACK_AUDIT_KEY")));
        ChainReport report =
                new VerifyChain(connection, key, chain -> Anchor.of(data, chain).read()).verify(Instant.now());
        out.println(report.sentence() + ".");
        if (report.last() != null) {
            out.println("  last batch  " + report.last().number() + ", sealed "
                    + report.last().sealedAt() + ", up to entry "
                    + report.last().entry());
            out.println("  its hash    " + report.last().hash());
        }
        out.println("  key         " + report.key());
        out.println("  not sealed  " + report.unsealed() + " (the newest wait for a few seconds)");
        report.findings().forEach(finding -> out.println("  " + finding.kind() + ": " + finding.message()));
        if (report.more() > 0) {
            out.println("  and " + report.more() + " more");
        }
        return report.whole() ? 0 : 1;
    }
}
