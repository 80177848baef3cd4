package dev.switchback.audit;

/** Text that somebody else wrote, made safe to show: what would steer a terminal or a reader's eye is spelled out. */
final class Plain {

    private Plain() {}

    /** Control characters, and those that turn the direction of writing, as {@code \\u001b}; lines and tabs stay. */
    static String text(String text) {
        if (text == null || text.chars().noneMatch(Plain::steers)) {
            return text;
        }
        var plain = new StringBuilder();
        text.chars().forEach(c -> {
            if (steers(c)) {
                plain.append(String.format("\\u%04x", c));
            } else {
                plain.append((char) c);
            }
        });
        return plain.toString();
    }

    private static boolean steers(int c) {
        boolean isSpace = c == '\n' || c == '\t' || c == '\r';
        boolean turns = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0x200E || c == 0x200F;
        return Character.isISOControl(c) && !isSpace || turns || c == 0x2028 || c == 0x2029;
    }
}
