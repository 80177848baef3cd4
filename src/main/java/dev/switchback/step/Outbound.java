package dev.switchback.step;

import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses no step, check, probe or measurement of this server may connect to. Asked with the address that is
 * about to be connected to, after its name was looked up, and for every connection anew: a name that leads elsewhere the
 * second time, and a redirect, gain nothing. Immutable; the one in force is set once at the start and is until then the
 * {@link #CAREFUL} one.
 */
public final class Outbound {

    /** What clouds tell any process that asks: names, keys, start-up scripts. */
    private static final List<String> METADATA = List.of(
            "169.254.0.0/16",
            "fe80::/10",
            "fd00:ec2::/32",
            "fd20:ce::254/128",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "192.0.0.192/32");

    /** The metadata of clouds only. */
    public static final Outbound CAREFUL = of(List.of("metadata"), Set.of());

    private static volatile Outbound here = CAREFUL;

    private final List<Network> networks;
    private final Set<Integer> ownPorts;

    private Outbound(List<Network> networks, Set<Integer> ownPorts) {
        this.networks = List.copyOf(networks);
        this.ownPorts = Set.copyOf(ownPorts);
    }

    /**
     * Reads what is denied.
     *
     * @param denied networks such as {@code 10.1.0.0/16}, addresses, both also with {@code :PORT} behind (an IPv6 one in
     *     brackets then), and the words {@code metadata} (of clouds), {@code self} (the ports in {@code ownPorts} at any
     *     address of this machine) and {@code none}
     * @throws IllegalArgumentException when an entry is none of these
     */
    public static Outbound of(List<String> denied, Set<Integer> ownPorts) {
        var networks = new ArrayList<Network>();
        boolean self = false;
        for (String entry : denied) {
            switch (entry.strip().toLowerCase(Locale.ROOT)) {
                case "metadata" -> METADATA.forEach(each -> networks.add(Network.of(each)));
                case "self" -> self = true;
                case "none", "" -> {}
                default -> networks.add(Network.of(entry.strip()));
            }
        }
        return new Outbound(networks, self ? ownPorts : Set.of());
    }

    /** Puts this one in force for the whole process. */
    public void inForce() {
        here = this;
    }

    /**
     * Lets the connection be made.
     *
     * @throws DeniedException when the one in force denies it; nothing was sent
     */
    public static void require(InetAddress address, int port) throws DeniedException {
        if (here.denies(address, port)) {
            throw new DeniedException(address.getHostAddress() + ":" + port
                    + " is an address that this server does not connect to (switchback.targets.deny)");
        }
    }

    /**
     * The address that a name stands for, if it may be connected to.
     *
     * @throws UnknownHostException when the name is not known
     * @throws DeniedException when it may not
     */
    public static InetAddress lookUp(String host, int port) throws UnknownHostException, DeniedException {
        InetAddress address = InetAddress.getByName(host);
        require(address, port);
        return address;
    }

    boolean denies(InetAddress address, int port) {
        byte[] bytes = embedded(address.getAddress());
        return networks.stream().anyMatch(network -> network.holds(bytes, port))
                || ownPorts.contains(port) && isThisMachine(address);
    }

    /** Whether the address is one of this machine. */
    public static boolean isThisMachine(InetAddress address) {
        try {
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }

    /** The IPv4 address inside 64:ff9b::/96, through which a translator leads to it; others as they are. */
    private static byte[] embedded(byte[] bytes) {
        byte[] prefix = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
        return bytes.length == 16 && Arrays.equals(bytes, 0, 12, prefix, 0, 12)
                ? Arrays.copyOfRange(bytes, 12, 16)
                : bytes;
    }

    /** An address that must not be connected to; counts as a connection that was refused: nothing was sent. */
    public static final class DeniedException extends ConnectException {
        private static final long serialVersionUID = 1L;

        DeniedException(String message) {
            super(message);
        }
    }

    /**
     * Some addresses, at one port or at any.
     *
     * @param start the first address
     * @param bits how many leading bits count
     * @param port the port; 0 for any
     */
    private record Network(byte[] start, int bits, int port) {

        static Network of(String text) {
            String rest = text;
            int port = 0;
            int colon = text.lastIndexOf(':');
            boolean withPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
            if (withPort) {
                port = number(text.substring(colon + 1), 65535, text);
                rest = text.substring(0, colon);
            }
            String[] parts = rest.replace("[", "").replace("]", "").split("/", 2);
            byte[] start = literal(parts[0], text);
            int most = start.length * 8;
            return new Network(start, parts.length == 2 ? number(parts[1], most, text) : most, port);
        }

        /** Only addresses: a name would be looked up. */
        private static byte[] literal(String address, String entry) {
            if (!address.matches("[0-9]+([.][0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                throw wrong(entry);
            }
            try {
                return InetAddress.getByName(address).getAddress();
            } catch (UnknownHostException notOne) {
                throw wrong(entry);
            }
        }

        private static int number(String digits, int most, String entry) {
            if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > most) {
                throw wrong(entry);
            }
            return Integer.parseInt(digits);
        }

        private static IllegalArgumentException wrong(String entry) {
            return new IllegalArgumentException("switchback.targets.deny holds “" + entry
                    + "”; expected metadata, self, none, an address or a network such as 10.1.0.0/16 or"
                    + " [fd00::]/8, each also with :PORT");
        }

        boolean holds(byte[] address, int at) {
            if (address.length != start.length || port != 0 && port != at) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            return Arrays.equals(address, 0, whole, start, 0, whole)
                    && (rest == 0 || ((address[whole] ^ start[whole]) & 0xff) >> (8 - rest) == 0);
        }
    }

    /** The address as it stands in a URL. */
    public static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet4Address ? text : "[" + text.replaceFirst("%.*", "") + "]";
    }
}
