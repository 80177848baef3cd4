package dev.switchback.exchange;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;

/** Counts the comments of a YAML document, so that losing one can be told. */
final class Comments {
    private Comments() {}

    /** How many lines carry a comment; of a text that is not YAML, how many begin with one. */
    static int in(String text) {
        var settings = LoadSettings.builder()
                .setParseComments(true)
                .setUseMarks(false)
                .setBufferSize(text.length() + 2)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        int comments = 0;
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (event instanceof CommentEvent comment && comment.getCommentType() != CommentType.BLANK_LINE) {
                    comments++;
                }
            }
            return comments;
        } catch (RuntimeException unreadable) {
            // The parser is not ours: what it stumbles over is counted roughly.
            return (int) text.lines()
                    .filter(line -> line.stripLeading().startsWith("#"))
                    .count();
        }
    }
}
