package dev.switchback.step.sql;

import dev.switchback.step.Outbound;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The database in which Switchback itself keeps everything: no step may write there, whatever rights its user has.
 *
 * @param url its address for JDBC; empty when there is none
 * @param user who connects to it
 */
public record OwnDatabase(String url, String user) {

    static final OwnDatabase UNKNOWN = new OwnDatabase("", "");

    /** Whether this is it: the same server, and its database or its user. */
    boolean isMeant(JdbcAddress address, String byUser) throws UnknownHostException {
        if (url.isEmpty()) {
            return false;
        }
        JdbcAddress ours = JdbcAddress.ofOurs(url);
        String name = address.database().isEmpty() ? byUser : address.database();
        if (!name.equals(ours.database())
                && !byUser.equals(user)
                && !address.settings().contains("user=" + user)) {
            return false;
        }
        for (JdbcAddress.Host each : address.hosts()) {
            for (JdbcAddress.Host own : ours.hosts()) {
                if (each.port() == own.port() && isSame(each.name(), own.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSame(String one, String other) throws UnknownHostException {
        InetAddress first = InetAddress.getByName(one);
        InetAddress second = InetAddress.getByName(other);
        return first.equals(second) || Outbound.isThisMachine(first) && Outbound.isThisMachine(second);
    }
}
