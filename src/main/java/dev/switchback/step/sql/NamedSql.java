package dev.switchback.step.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement whose {@code :name} became bind parameters. Quotes, quoted names, comments, dollar quotes and {@code ::}
 * are left alone; a {@code ?} that was there stays an operator. Immutable.
 *
 * @param sql for JDBC, with {@code ?} in the place of each name
 * @param names the names in the order of their places, repeated as often as they occur
 * @param bare the statement without texts and comments, for looking at its words
 */
record NamedSql(String sql, List<String> names, String bare) {

    static NamedSql of(String statement) {
        return new Reader(statement).read();
    }

    private static final class Reader {
        private final String text;
        private final StringBuilder sql = new StringBuilder();
        private final StringBuilder bare = new StringBuilder();
        private final List<String> names = new ArrayList<>();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        NamedSql read() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '\'') {
                    copyThrough(endOfText(at, isEscaped()));
                } else if (c == '"') {
                    copyThrough(endOfText(at, false));
                } else if (text.startsWith("--", at)) {
                    copyThrough(endOfLine());
                } else if (text.startsWith("/*", at)) {
                    copyThrough(endOfComment());
                } else if (c == '$' && dollarTag() != null) {
                    copyThrough(endOfDollarQuote(dollarTag()));
                } else if (text.startsWith("::", at)) {
                    copy("::", "::", 2);
                } else if (c == ':' && at + 1 < text.length() && startsName(text.charAt(at + 1))) {
                    bind();
                } else if (c == '?') {
                    copy("??", "?", 1);
                } else {
                    copy(String.valueOf(c), String.valueOf(c), 1);
                }
            }
            return new NamedSql(sql.toString(), List.copyOf(names), bare.toString());
        }

        private void copy(String forJdbc, String forBare, int length) {
            sql.append(forJdbc);
            bare.append(forBare);
            at += length;
        }

        private void copyThrough(int end) {
            sql.append(text, at, end);
            bare.append(' ');
            at = end;
        }

        private void bind() {
            int end = at + 1;
            while (end < text.length() && continuesName(text.charAt(end))) {
                end++;
            }
            names.add(text.substring(at + 1, end));
            copy("?", "?", end - at);
        }

        private boolean isEscaped() {
            boolean letter = at > 0 && Character.toLowerCase(text.charAt(at - 1)) == 'e';
            return letter && (at == 1 || !continuesName(text.charAt(at - 2)));
        }

        private int endOfText(int start, boolean escaped) {
            char quote = text.charAt(start);
            int i = start + 1;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (escaped && c == '\\') {
                    i += 2;
                } else if (c != quote) {
                    i++;
                } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                    i += 2;
                } else {
                    return i + 1;
                }
            }
            return text.length();
        }

        private int endOfLine() {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }

        /** Comments nest in PostgreSQL. */
        private int endOfComment() {
            int depth = 0;
            int i = at;
            while (i < text.length()) {
                if (text.startsWith("/*", i)) {
                    depth++;
                    i += 2;
                } else if (text.startsWith("*/", i)) {
                    depth--;
                    i += 2;
                    if (depth == 0) {
                        return i;
                    }
                } else {
                    i++;
                }
            }
            return text.length();
        }

        /** {@code $$} or {@code $tag$} beginning here, or null. */
        private String dollarTag() {
            if (at > 0 && continuesName(text.charAt(at - 1))) {
                return null;
            }
            int end = at + 1;
            while (end < text.length() && continuesName(text.charAt(end)) && text.charAt(end) != '$') {
                end++;
            }
            boolean tag = end < text.length()
                    && text.charAt(end) == '$'
                    && (end == at + 1 || startsName(text.charAt(at + 1)));
            return tag ? text.substring(at, end + 1) : null;
        }

        private int endOfDollarQuote(String tag) {
            int end = text.indexOf(tag, at + tag.length());
            return end < 0 ? text.length() : end + tag.length();
        }

        private static boolean startsName(char c) {
            return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }

        private static boolean continuesName(char c) {
            return startsName(c) || c >= '0' && c <= '9';
        }
    }
}
