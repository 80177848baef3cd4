package dev.switchback.platform;

import java.io.PrintStream;

/** The few lines that a person looks for after starting the server. */
public final class Banner {

    private Banner() {}

    /**
     * Prints where the server is and how to sign in.
     *
     * @param login one line about the login, such as {@code Sign in as admin with the password …}
     */
    public static void print(PrintStream out, String url, String login) {
        out.print("""

                  Switchback is ready.

                    Open      %s
                    Sign in   %s
                    Stop      Ctrl-C here, or ./switchback stop

                """.formatted(url, login));
        out.flush();
    }
}
