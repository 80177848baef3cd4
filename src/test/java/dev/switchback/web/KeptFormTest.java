package dev.switchback.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class KeptFormTest {

    private static final String TYPE = "application/x-www-form-urlencoded";

    private final MultiMap sent = MultiMap.caseInsensitiveMultiMap();

    @Test
    void keeps_every_field_in_order_also_those_that_stand_there_twice() {
        sent.add("note", "one").add("tag", "a").add("tag", "b");

        assertThat(KeptForm.of("/runs/1/pause", TYPE, sent).fields())
                .containsExactly(
                        new KeptForm.Field("note", "one"),
                        new KeptForm.Field("tag", "a"),
                        new KeptForm.Field("tag", "b"));
    }

    @Test
    void keeps_no_password() {
        sent.add("name", "admin").add("password", "secret");
        KeptForm kept = KeptForm.of("/signin?next=/", TYPE, sent);

        assertThat(kept.fields()).containsExactly(new KeptForm.Field("name", "admin"));
        assertThat(kept.isSignIn()).isTrue();
    }

    @Test
    void goes_nowhere_but_to_this_site() {
        assertThat(KeptForm.of("//elsewhere.example/x", TYPE, sent).action()).isEqualTo("/");
        assertThat(KeptForm.of("/runs/1/pause?a=b", TYPE, sent).action()).isEqualTo("/runs/1/pause?a=b");
    }
}
