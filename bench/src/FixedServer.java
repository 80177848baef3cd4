import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers each request a fixed time after it was read, in a process of its own; {@code /stall/300} makes it answer nothing
 * for 300 ms from then on. Prints its port.
 */
final class FixedServer {

    private static final long SPIN_NANOS = 200_000;
    private static volatile long stalledUntil;

    private FixedServer() {}

    public static void main(String[] arguments) throws IOException {
        long latency = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0]));
        try (var server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                var thread = new Thread(() -> serve(socket, latency));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket socket, long latency) {
        byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.ISO_8859_1);
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                long read = System.nanoTime();
                for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                    // headers do not matter here
                    continue;
                }
                String path = request.split(" ")[1];
                if (path.startsWith("/stall/")) {
                    stalledUntil = read + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(path.substring(7)));
                } else {
                    waitUntil(Math.max(read, stalledUntil) + latency);
                }
                socket.getOutputStream().write(answer);
            }
        } catch (IOException gone) {
            return;
        }
    }

    static void waitUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
