package dev.switchback.sampling;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One connection and the reading of answers from it. Used by one thread at a time; any thread may close it. */
final class HttpLine {

    private static final int LONGEST_HEAD = 256 * 1024;

    /**
     * The beginning of an answer.
     *
     * @param status its status
     * @param headers names in lower case
     * @param isOld whether it is HTTP/1.0
     */
    record Head(int status, Map<String, List<String>> headers, boolean isOld) {

        boolean says(String header, String word) {
            return headers.getOrDefault(header, List.of()).stream()
                    .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(word));
        }
    }

    private final SocketChannel channel;
    private final InetSocketAddress to;
    private final Socket socket;
    private Socket spoken;
    private InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private int from;
    private int until;
    private long deadline;
    private long firstByte;
    private long bodyBytes;
    private Head head;
    private boolean again;
    private boolean isConnected;
    private long restingSince;

    /** @param channel of the socket, to look whether it was closed; null when it is encrypted */
    HttpLine(Socket socket, SocketChannel channel, InetSocketAddress to) {
        this.socket = socket;
        this.spoken = socket;
        this.channel = channel;
        this.to = to;
    }

    Socket socket() {
        return socket;
    }

    void encryptedBy(Socket encrypted) {
        spoken = encrypted;
    }

    void connected() throws IOException {
        in = spoken.getInputStream();
        isConnected = true;
    }

    String remote() {
        return isConnected ? to.getAddress().getHostAddress() + ":" + to.getPort() : null;
    }

    long firstByteNanos() {
        return firstByte;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    Head head() {
        return head;
    }

    boolean canBeUsedAgain() {
        return again;
    }

    void rest() {
        restingSince = System.nanoTime();
    }

    long idleMs() {
        return (System.nanoTime() - restingSince) / 1_000_000;
    }

    /** Whether the service has not closed it, as far as it can be seen without asking; encrypted ones cannot be seen. */
    boolean isAlive() {
        if (channel == null) {
            return true;
        }
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read == 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /** How long until then, at least a millisecond. */
    static long millisUntil(long deadline) throws SocketTimeoutException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return Math.max(1, (left + 999_999) / 1_000_000);
    }

    /** Writes a request and reads the answer to its end. */
    Head ask(HttpCall call, long deadlineNanos, HttpSender.Body body) throws IOException {
        deadline = deadlineNanos;
        firstByte = -1;
        bodyBytes = 0;
        head = null;
        again = false;
        spoken.getOutputStream().write(call.bytes());
        do {
            head = readHead();
        } while (head.status() / 100 == 1);
        boolean bounded = readBody(call, body);
        again = bounded
                && from == until
                && !head.says("connection", "close")
                && (!head.isOld() || head.says("connection", "keep-alive"));
        return head;
    }

    private Head readHead() throws IOException {
        String[] first = line().split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5]\\d\\d")) {
            throw new ProtocolException("the answer is not HTTP/1.1");
        }
        var headers = new LinkedHashMap<String, List<String>>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(
                                line.substring(0, colon).strip().toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return new Head(Integer.parseInt(first[1]), headers, first[0].equals("HTTP/1.0"));
    }

    /** Whether the end of the body could be known without the end of the connection. */
    private boolean readBody(HttpCall call, HttpSender.Body body) throws IOException {
        int status = head.status();
        if (call.isHead() || status == 204 || status == 304) {
            return true;
        }
        if (head.says("transfer-encoding", "chunked")) {
            readChunks(body);
            return true;
        }
        List<String> length = head.headers().get("content-length");
        if (length != null) {
            readExactly(number(length.get(0), 10), body);
            return true;
        }
        while (from < until || fill()) {
            take(until - from, body);
        }
        return false;
    }

    private void readChunks(HttpSender.Body body) throws IOException {
        while (true) {
            String size = line();
            int extension = size.indexOf(';');
            long length = number(extension < 0 ? size : size.substring(0, extension), 16);
            if (length == 0) {
                break;
            }
            readExactly(length, body);
            line();
        }
        String trailer = line();
        while (!trailer.isEmpty()) {
            trailer = line();
        }
    }

    private static long number(String text, int radix) throws ProtocolException {
        String digits = text.strip();
        boolean isNumber = digits.matches(radix == 16 ? "[0-9a-fA-F]{1,12}" : "[0-9]{1,15}");
        if (!isNumber) {
            throw new ProtocolException("the answer tells its length wrongly: " + digits);
        }
        return Long.parseLong(digits, radix);
    }

    private void readExactly(long length, HttpSender.Body body) throws IOException {
        long left = length;
        while (left > 0) {
            if (from == until && !fill()) {
                throw new EOFException("the connection ended within the answer");
            }
            left -= take((int) Math.min(left, until - from), body);
        }
    }

    private int take(int length, HttpSender.Body body) {
        body.bytes(buffer, from, length);
        from += length;
        bodyBytes += length;
        return length;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            if (from == until && !fill()) {
                throw new EOFException("the connection ended without an answer");
            }
            int start = from;
            while (from < until && buffer[from] != '\n') {
                from++;
            }
            line.append(new String(buffer, start, from - start, StandardCharsets.ISO_8859_1));
            if (line.length() > LONGEST_HEAD) {
                throw new ProtocolException("the headers of the answer are longer than 256 KiB");
            }
            if (from < until) {
                from++;
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
        }
    }

    private boolean fill() throws IOException {
        spoken.setSoTimeout((int) Math.min(Integer.MAX_VALUE, millisUntil(deadline)));
        int read = in.read(buffer, 0, buffer.length);
        if (firstByte < 0 && read > 0) {
            firstByte = System.nanoTime();
        }
        from = 0;
        until = Math.max(0, read);
        return read > 0;
    }

    /** Ends it at once, without a word about it to the service: an encrypted socket would wait for its reader. */
    void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            again = false;
        }
    }
}
