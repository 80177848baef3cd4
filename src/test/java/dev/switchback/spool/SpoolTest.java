package dev.switchback.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final long PLENTY = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void gives_back_what_waits_in_order() {
        SpoolFile file = new Spool(folder, PLENTY).create(batch(1, ""));
        file.add(batch(2, "one"));
        file.add(batch(3, "two"));
        assertThat(drain(file)).containsExactly("2 one", "3 two");
        assertThat(file.isEmpty()).isTrue();
    }

    @Test
    void a_later_process_gets_everything_with_whose_it_is() {
        SpoolFile first = new Spool(folder, PLENTY).create(batch(1, ""));
        first.add(batch(2, "one"));
        first.add(batch(3, "two"));
        first.remove(first.peek().orElseThrow());

        List<SpoolFile> left = new Spool(folder, PLENTY).left();

        assertThat(left).hasSize(1);
        assertThat(left.get(0).like().runId()).isEqualTo(7);
        assertThat(left.get(0).like().fence()).isEqualTo(4);
        assertThat(left.get(0).like().stepId()).isEqualTo("copy");
        assertThat(drain(left.get(0))).containsExactly("2 one", "3 two");
    }

    @Test
    void a_record_that_was_cut_in_the_middle_is_left_out_and_the_ones_before_are_not() throws Exception {
        SpoolFile file = new Spool(folder, PLENTY).create(batch(1, ""));
        file.add(batch(2, "one"));
        file.add(batch(3, "two"));
        Path path = onlyFile();
        try (var cut = new RandomAccessFile(path.toFile(), "rw")) {
            cut.setLength(cut.length() - 2);
        }
        assertThat(drain(new Spool(folder, PLENTY).left().get(0))).containsExactly("2 one");
    }

    @Test
    void a_file_whose_head_was_cut_is_removed() throws Exception {
        Files.write(folder.resolve("7-1.lines"), new byte[] {1, 2, 3});
        assertThat(new Spool(folder, PLENTY).left()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void has_no_more_room_than_it_was_given_until_something_is_stored() {
        var spool = new Spool(folder, 100);
        SpoolFile first = spool.create(batch(1, ""));
        assertThat(first.add(batch(2, "x".repeat(70)))).isTrue();
        SpoolFile second = spool.create(batch(3, ""));
        assertThat(second.add(batch(4, "y".repeat(70)))).isFalse();
        assertThat(second.isEmpty()).isTrue();
        first.delete();
        assertThat(second.add(batch(4, "y".repeat(70)))).isTrue();
    }

    @Test
    void a_file_that_is_in_use_is_given_to_nobody_else() {
        var spool = new Spool(folder, PLENTY);
        SpoolFile file = spool.create(batch(1, ""));
        assertThat(spool.left()).isEmpty();
        file.close();
        assertThat(spool.left()).hasSize(1);
    }

    private Path onlyFile() throws Exception {
        try (var all = Files.list(folder)) {
            return all.findFirst().orElseThrow();
        }
    }

    private static Batch batch(long part, String text) {
        return new Batch(7, 4, 1, "copy", 2, part, 1, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> drain(SpoolFile file) {
        var all = new ArrayList<String>();
        for (Optional<Batch> next = file.peek(); next.isPresent(); next = file.peek()) {
            all.add(next.get().part() + " " + new String(next.get().bytes(), StandardCharsets.UTF_8));
            file.remove(next.get());
        }
        return all;
    }
}
