package dev.switchback.verdict;

/** How strong the evidence is, by the design that was really carried out. */
public enum Grade {
    A("side by side"),
    B("reversed by rollback"),
    C("before, then after, quiet baseline"),
    D("before, then after");

    private final String words;

    Grade(String words) {
        this.words = words;
    }

    /** As the page says it. */
    public String words() {
        return words;
    }

    /** Whether it is enough for a production gate. */
    public boolean proves() {
        return this != D;
    }
}
