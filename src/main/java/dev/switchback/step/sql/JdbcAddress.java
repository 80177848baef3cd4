package dev.switchback.step.sql;

import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Outbound;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The url of a target of kind {@code jdbc}, taken apart: {@code jdbc:postgresql://host:port,host:port/database?settings}.
 * Settings with which the driver would load a class, read or write a file, or connect elsewhere are refused, and so are
 * all that are not known.
 *
 * @param hosts where, in the order in which they are tried
 * @param database its name, decoded; empty for the one named like the user
 * @param settings what stands behind the question mark, as it stands there
 */
record JdbcAddress(List<Host> hosts, String database, String settings) {

    private static final Pattern URL =
            Pattern.compile("jdbc:postgresql:(?://(?<hosts>[^/?]*)/?)?(?<database>[^?/]*)(?:\\?(?<settings>.*))?");
    private static final Pattern HOST =
            Pattern.compile("(?<name>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?");
    private static final int USUAL_PORT = 5432;

    /** The files of certificates are read to prove who we are; their content goes nowhere else. */
    private static final Set<String> HARMLESS = Set.of(
            "user",
            "password",
            "ssl",
            "sslmode",
            "sslnegotiation",
            "sslresponsetimeout",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslpassword",
            "channelbinding",
            "requireauth",
            "gssencmode",
            "applicationname",
            "currentschema",
            "options",
            "connecttimeout",
            "sockettimeout",
            "logintimeout",
            "querytimeout",
            "cancelsignaltimeout",
            "tcpkeepalive",
            "tcpnodelay",
            "receivebuffersize",
            "sendbuffersize",
            "maxresultbuffer",
            "preparethreshold",
            "preparedstatementcachequeries",
            "preparedstatementcachesizemib",
            "prefersimplequery",
            "preferquerymode",
            "defaultrowfetchsize",
            "adaptivefetch",
            "readonly",
            "readonlymode",
            "stringtype",
            "targetservertype",
            "loadbalancehosts",
            "hostrecheckseconds",
            "assumeminserverversion",
            "binarytransfer",
            "binarytransferenable",
            "binarytransferdisable",
            "autosave",
            "cleanupsavepoints",
            "rewritebatchedinserts",
            "logservererrordetail",
            "logunclosedconnections",
            "escapesyntaxcallmode",
            "unknownlength",
            "disablecolumnsanitiser",
            "databasemetadatacachefields",
            "databasemetadatacachefieldsmib",
            "allowencodingchanges",
            "quotereturningidentifiers",
            "groupstartupparameters");

    /** With these the other side has to speak PostgreSQL over TLS; without, the name is looked up once only. */
    private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", "verify-full");

    /**
     * A place.
     *
     * @param name a name or an address, an IPv6 one in brackets
     */
    record Host(String name, int port) {}

    /** @throws CouldNotAskException when it cannot be read or states something that is refused */
    static JdbcAddress of(String url, String target) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw unreadable(target);
        }
        String settings = parts.group("settings") == null ? "" : parts.group("settings");
        refusal(settings).ifPresent(name -> {
            throw new CouldNotAskException(
                    "the url of the target " + target + " states " + name
                            + ", with which the driver could load code, open files or connect elsewhere",
                    "settings of the connection only, such as sslmode, currentSchema or socketTimeout");
        });
        return new JdbcAddress(hosts(parts.group("hosts"), target), decoded(parts.group("database")), settings);
    }

    /** Ours, which may state whatever the owner of the server likes. */
    static JdbcAddress ofOurs(String url) {
        return of(url.replaceFirst("\\?.*", ""), "of Switchback itself");
    }

    private static Optional<String> refusal(String settings) {
        return List.of(settings.split("&")).stream()
                .map(setting -> decoded(setting.split("=", 2)[0]))
                .filter(name -> !name.isEmpty() && !HARMLESS.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static List<Host> hosts(String stated, String target) {
        var hosts = new ArrayList<Host>();
        for (String each : stated == null || stated.isEmpty() ? List.of("localhost") : List.of(stated.split(","))) {
            Matcher host = HOST.matcher(each);
            if (!host.matches()) {
                throw unreadable(target);
            }
            hosts.add(new Host(
                    host.group("name"),
                    host.group("port") == null ? USUAL_PORT : Integer.parseInt(host.group("port"))));
        }
        return hosts;
    }

    private static CouldNotAskException unreadable(String target) {
        return new CouldNotAskException(
                "the url of the target " + target + " cannot be read",
                "a url such as jdbc:postgresql://127.0.0.1:5432/shop");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            return text;
        }
    }

    /**
     * The url for the driver, in which names are replaced by the addresses that were asked about, so that they are not
     * looked up a second time. Where the other side has to speak TLS the names stay, as certificates are made for them.
     *
     * @throws UnknownHostException when a name is not known
     * @throws Outbound.DeniedException when one leads where nobody may go
     */
    String pinned() throws UnknownHostException, Outbound.DeniedException {
        boolean encrypted = List.of(settings.split("&")).stream()
                .map(setting -> setting.split("=", 2))
                .anyMatch(setting -> setting.length == 2
                        && setting[0].equalsIgnoreCase("sslmode")
                        && ENCRYPTED.contains(setting[1].toLowerCase(Locale.ROOT)));
        var places = new ArrayList<String>();
        for (Host host : hosts) {
            InetAddress found = Outbound.lookUp(host.name(), host.port());
            places.add((encrypted ? host.name() : Outbound.literal(found)) + ":" + host.port());
        }
        String name =
                java.net.URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:postgresql://" + String.join(",", places) + "/" + name
                + (settings.isEmpty() ? "" : "?" + settings);
    }
}
