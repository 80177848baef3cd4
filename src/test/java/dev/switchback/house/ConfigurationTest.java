package dev.switchback.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every setting and every environment variable stands in docs/configuration.md, with its default. */
class ConfigurationTest {

    private static final String DOCUMENT = Tree.text(Path.of("docs/configuration.md"));
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(");
    private static final Pattern KEY = Pattern.compile("\"(switchback\\.[a-z][a-z0-9.-]*)\"");
    private static final Pattern KEY_IN_FILE = Pattern.compile("(?m)^(?:%\\w+\\.)?(switchback\\.[a-z0-9.-]+)=");
    private static final Pattern VARIABLE = Pattern.compile("\\b(SWITCHBACK_[A-Z][A-Z_]*)");

    /** No settings: names of files, an attribute of a request, and the mark of our own processes. */
    private static final Set<String> NOT_A_SETTING =
            Set.of("switchback.pid", "switchback.lock", "switchback.caller", "SWITCHBACK_MARK");

    @Test
    void every_mapped_setting_is_documented_with_its_default() {
        Map<String, Optional<String>> settings = mapped();
        assertThat(settings).isNotEmpty().allSatisfy((key, preset) -> {
            List<String> rows = DOCUMENT.lines()
                    .filter(line -> line.startsWith("|") && line.contains("`" + key + "`"))
                    .toList();
            assertThat(rows).as("the row of " + key).hasSize(1);
            preset.ifPresent(value -> assertThat(rows.get(0)).contains("`" + value + "`"));
        });
    }

    @Test
    void every_other_key_is_documented() {
        var keys = new TreeSet<String>();
        Tree.files(Tree.MAIN, ".java").forEach(file -> collect(KEY, Tree.text(file), keys));
        collect(KEY_IN_FILE, Tree.text(Tree.RESOURCES.resolve("application.properties")), keys);
        keys.removeAll(NOT_A_SETTING);
        keys.removeIf(key -> mapped().keySet().stream().anyMatch(setting -> setting.startsWith(key + ".")));
        assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(DOCUMENT).contains("`" + key));
    }

    @Test
    void every_environment_variable_is_documented() {
        var names = new TreeSet<String>();
        Stream.of(
                        Tree.files(Tree.MAIN, ".java").stream(),
                        Tree.files(Path.of("docker"), "").stream(),
                        Stream.of(Path.of("switchback"), Tree.RESOURCES.resolve("application.properties")))
                .flatMap(files -> files)
                .forEach(file -> collect(VARIABLE, Tree.text(file), names));
        names.removeAll(NOT_A_SETTING);
        // The password that docker/compose.yaml shares between its two containers never reaches Switchback by that
        // name.
        names.remove("SWITCHBACK_DB_PASSWORD");
        names.removeIf(name -> name.startsWith("SWITCHBACK_SECRET_"));
        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(DOCUMENT).contains("`" + name));
        assertThat(DOCUMENT).contains("`SWITCHBACK_SECRET_<NAME>`");
    }

    private static void collect(Pattern pattern, String text, Set<String> into) {
        pattern.matcher(text).results().forEach(found -> into.add(found.group(1)));
    }

    private static Map<String, Optional<String>> mapped() {
        var settings = new TreeMap<String, Optional<String>>();
        Tree.files(Tree.MAIN, "Config.java").stream()
                .filter(file -> MAPPING.matcher(Tree.text(file)).find())
                .map(ConfigurationTest::type)
                .forEach(type -> Arrays.stream(type.getDeclaredMethods())
                        .forEach(method -> settings.put(key(type, method), preset(method))));
        return settings;
    }

    private static Class<?> type(Path file) {
        String name = Path.of("src/main/java")
                .relativize(file)
                .toString()
                .replace('/', '.')
                .replaceFirst("\\.java$", "");
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(Class<?> type, Method method) {
        String name = Optional.ofNullable(method.getAnnotation(WithName.class))
                .map(WithName::value)
                .orElseGet(() -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT));
        return type.getAnnotation(ConfigMapping.class).prefix() + "." + name;
    }

    private static Optional<String> preset(Method method) {
        return Optional.ofNullable(method.getAnnotation(WithDefault.class)).map(WithDefault::value);
    }
}
