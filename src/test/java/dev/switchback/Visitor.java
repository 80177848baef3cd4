package dev.switchback;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person whose browser runs no script: signs in by the form, keeps the cookie, sends forms as pages hold them. */
public final class Visitor {

    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final String cookieName;
    private final String cookie;

    private Visitor(String cookieName, String cookie) {
        this.cookieName = cookieName;
        this.cookie = cookie;
    }

    /** The administrator, signed in. */
    public static Visitor signedIn() {
        return signedInAs("admin");
    }

    /** Somebody else with the same password. */
    public static Visitor signedInAs(String name) {
        Response answer = stranger()
                .formParam("name", name)
                .formParam("password", TestDatabase.PASSWORD)
                .post("/signin");
        assertThat(answer.statusCode()).isEqualTo(303);
        var cookie = answer.getCookies().entrySet().iterator().next();
        return new Visitor(cookie.getKey(), cookie.getValue());
    }

    /** Somebody who is not signed in; redirects are looked at, not followed. */
    public static RequestSpecification stranger() {
        return Http.nobody().header("Accept", HTML).redirects().follow(false);
    }

    /** Asks for a page. */
    public Response get(String address) {
        return with().get(address);
    }

    /** Asks for a page and expects it to be there. */
    public String page(String address) {
        Response answer = get(address);
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        return answer.asString();
    }

    /** Sends a form of that page with these fields: name, value, name, value. */
    public Response send(String pageWithForm, String action, String... fields) {
        RequestSpecification form = with().formParam("csrf", token(page(pageWithForm)));
        for (int i = 0; i < fields.length; i += 2) {
            form.formParam(fields[i], fields[i + 1]);
        }
        return form.post(action);
    }

    /** The same for a form that can carry a file. */
    public Response sendParts(String pageWithForm, String action, String... fields) {
        RequestSpecification form = with().multiPart("csrf", token(page(pageWithForm)));
        for (int i = 0; i < fields.length; i += 2) {
            form.multiPart(fields[i], fields[i + 1]);
        }
        return form.post(action);
    }

    /** The cookie, as a header says it. */
    public String cookie() {
        return cookieName + "=" + cookie;
    }

    /** With the cookie and nothing else. */
    public RequestSpecification with() {
        return stranger().cookie(cookieName, cookie);
    }

    /** What a page says in its first heading. */
    public static String heading(String html) {
        return inside(html, "h1").get(0);
    }

    /** The text of every element of this name, without marks. */
    public static List<String> inside(String html, String element) {
        return Pattern.compile("<" + element + "[ >].*?</" + element + ">", Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(found -> found.group().replaceAll("<[^>]*>", "").strip())
                .toList();
    }

    private static String token(String html) {
        Matcher token = TOKEN.matcher(html);
        assertThat(token.find()).as("a form with its token").isTrue();
        return token.group(1);
    }
}
