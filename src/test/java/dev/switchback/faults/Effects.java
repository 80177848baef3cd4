package dev.switchback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What the steps of one run did, seen outside: each writes {@code begin WHAT MARK}, some {@code tick WHAT MARK} again and
 * again, and {@code end WHAT MARK} into one file. WHAT is the step's id, or {@code undo-ID}; the mark is different for
 * every attempt.
 */
final class Effects {

    /** One line of the file. */
    record Effect(String kind, String what, String mark) {}

    private final Path file;

    Effects(Path file) {
        this.file = file;
    }

    /** Everything so far; a line that is just being written is left out. */
    List<Effect> all() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split(" "))
                    .filter(words -> words.length == 3)
                    .map(words -> new Effect(words[0], words[1], words[2]))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which began, in this order; one that began twice stands here twice. */
    List<String> begun() {
        return all().stream()
                .filter(effect -> effect.kind().equals("begin"))
                .map(Effect::what)
                .toList();
    }

    long begun(String what) {
        return begun().stream().filter(what::equals).count();
    }

    long ticks(String what) {
        return all().stream()
                .filter(effect -> effect.kind().equals("tick") && effect.what().equals(what))
                .count();
    }

    /** An attempt begins once, and nothing of it comes after something of another one: no two ever work at once. */
    void neverOverlap() {
        var over = new HashSet<String>();
        var begun = new ArrayList<String>();
        String present = "";
        for (Effect effect : all()) {
            if (!effect.mark().equals(present)) {
                assertThat(over)
                        .as("%s: %s goes on after another attempt began", file, effect)
                        .doesNotContain(effect.mark());
                over.add(present);
                present = effect.mark();
            }
            if (effect.kind().equals("begin")) {
                begun.add(effect.mark());
            }
        }
        assertThat(begun).as("%s: attempts that began", file).doesNotHaveDuplicates();
    }
}
