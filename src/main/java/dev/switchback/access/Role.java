package dev.switchback.access;

import java.util.Arrays;
import java.util.Optional;

/** What somebody may be. One person may be several; none of them contains another. */
public enum Role {
    /** Reads everything but secrets. */
    VIEWER("viewer", "Viewer"),
    /** Writes runbooks, measures, and rehearses below production. */
    AUTHOR("author", "Author"),
    /** Starts, stops and decides runs. */
    OPERATOR("operator", "Operator"),
    /** Approves revisions, never their own. */
    APPROVER("approver", "Approver"),
    /** Looks after people, roles, environments and what is kept for how long. */
    ADMIN("admin", "Admin");

    private final String word;
    private final String title;

    Role(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** The spelling in the contract and the database. */
    public String word() {
        return word;
    }

    /** The spelling on pages, at the beginning of a sentence. */
    public String title() {
        return title;
    }

    /** The role that is spelled like this, if there is one. */
    public static Optional<Role> find(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }
}
