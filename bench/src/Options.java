import java.util.List;

/** What was written behind the name of the bench: {@code --name value}, and switches such as {@code --write}. */
record Options(List<String> all) {

    int number(String name, int otherwise) {
        return Integer.parseInt(text("--" + name, "" + otherwise));
    }

    String text(String name, String otherwise) {
        int at = all.indexOf(name);
        return at < 0 ? otherwise : all.get(at + 1);
    }

    boolean has(String name) {
        return all.contains(name);
    }
}
