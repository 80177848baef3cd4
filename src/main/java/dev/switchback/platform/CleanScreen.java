package dev.switchback.platform;

import java.io.PrintStream;

/**
 * A screen for the commands: what they tell comes from the database, from files and from the other side of the network,
 * and none of it may speak to the terminal or begin a line of its own. Bytes pass as they are.
 */
final class CleanScreen extends PrintStream {

    private final PrintStream screen;

    CleanScreen(PrintStream screen) {
        super(screen, true);
        this.screen = screen;
    }

    @Override
    public void print(String text) {
        screen.print(CleanLog.clean(String.valueOf(text)));
    }

    @Override
    public void print(Object thing) {
        print(String.valueOf(thing));
    }

    @Override
    public void print(char[] text) {
        print(String.valueOf(text));
    }

    @Override
    public void print(char c) {
        print(String.valueOf(c));
    }
}
