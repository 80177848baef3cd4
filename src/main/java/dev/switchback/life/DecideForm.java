package dev.switchback.life;

import dev.switchback.life.DecideMigration.Words;
import jakarta.ws.rs.FormParam;

/** What a browser posts to decide. */
public class DecideForm {

    @FormParam("note")
    String note;

    @FormParam("owner")
    String owner;

    @FormParam("key")
    String key;

    @FormParam("title")
    String title;

    @FormParam("revision")
    Integer revision;

    public String note() {
        return note == null ? "" : note;
    }

    public String owner() {
        return owner == null ? "" : owner;
    }

    public String key() {
        return key == null ? "" : key;
    }

    public String title() {
        return title == null ? "" : title;
    }

    Words words() {
        return new Words(note, owner, key, title);
    }
}
