package dev.switchback.demo.shop;

/** A setting is missing or cannot be understood. The shop goes on with the settings that it has. */
final class UnreadableSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableSetting(String name, String found, String expected) {
        super("the setting " + name + " cannot be read: " + found + ", expected " + expected);
    }
}
