package dev.switchback.sampling;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why there was no answer, kinds told apart. */
public enum Fault {
    /** Not done in time: connecting, waiting or reading. */
    TIMEOUT,
    /** Nobody listens there, or no way leads there. */
    REFUSED,
    /** The connection ended before the answer did. */
    RESET,
    /** No agreement on encryption, or a certificate that is not to be trusted. */
    TLS,
    /** The name of the host is not known. */
    DNS,
    /** What came was not HTTP, or something else went wrong. */
    OTHER;

    /** As it is stored: lower case. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Fault of(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return TIMEOUT;
        }
        if (failure instanceof UnknownHostException) {
            return DNS;
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return String.valueOf(failure.getMessage()).contains("timed out") ? TIMEOUT : REFUSED;
        }
        if (failure instanceof SSLException) {
            return failure.getCause() instanceof SocketTimeoutException
                    ? TIMEOUT
                    : failure.getCause() instanceof SocketException || failure.getCause() instanceof EOFException
                            ? RESET
                            : TLS;
        }
        boolean cut = failure instanceof SocketException
                || failure instanceof EOFException
                || failure instanceof ClosedChannelException
                || String.valueOf(failure.getMessage()).contains("Broken pipe")
                || String.valueOf(failure.getMessage()).contains("reset by peer");
        return cut ? RESET : OTHER;
    }
}
