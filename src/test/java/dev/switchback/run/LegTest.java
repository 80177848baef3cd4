package dev.switchback.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LegTest {

    @Test
    void a_rehearsal_goes_there_back_there_again_and_back_again() {
        assertThat(new Leg[] {
                    Leg.of(Purpose.REHEARSAL, 1),
                    Leg.of(Purpose.REHEARSAL, 2),
                    Leg.of(Purpose.REHEARSAL, 3),
                    Leg.of(Purpose.REHEARSAL, 4)
                })
                .containsExactly(Leg.FORWARD, Leg.BACK, Leg.AGAIN, Leg.BACK);
    }

    @Test
    void a_rollback_only_goes_back() {
        assertThat(Leg.of(Purpose.ROLLBACK, 1)).isEqualTo(Leg.BACK);
    }
}
