import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Started by {@code bench/run NAME [options]}; docs/performance.md says what each measures and against what. */
public final class Bench {

    private interface Measuring {
        void run(Options options) throws Exception;
    }

    private static final Map<String, Measuring> ALL = new LinkedHashMap<>();

    static {
        ALL.put("start", Start::run);
        ALL.put("steps", Steps::run);
        ALL.put("logs", Logs::run);
        ALL.put("latency", Latency::run);
        ALL.put("instances", Instances::run);
        ALL.put("lists", Lists::run);
        ALL.put("pages", Pages::run);
        ALL.put("sampler", Sampler::run);
    }

    private Bench() {}

    /** Carries one out, or {@code all} of them. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments.length == 0 ? "" : arguments[0];
        var options = new Options(List.of(arguments));
        if (name.equals("all")) {
            for (Measuring one : ALL.values()) {
                one.run(options);
            }
        } else if (ALL.containsKey(name)) {
            ALL.get(name).run(options);
        } else {
            System.err.println("Usage: bench/run " + String.join("|", ALL.keySet()) + "|all [--write] [options]");
            System.exit(2);
        }
        System.exit(0);
    }
}
