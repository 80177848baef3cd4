package dev.switchback.web;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.NewCookie;
import org.jboss.resteasy.reactive.RestResponse;

/** Light, dark, or as the system says: a choice of the browser, kept in its cookie. */
@Path("/theme")
public class Theme {

    static final String COOKIE = "switchback_theme";

    static boolean isKnown(String theme) {
        return theme.equals("light") || theme.equals("dark");
    }

    /** Remembers the choice and goes back to the page. */
    @POST
    public RestResponse<Object> choose(@FormParam("theme") String theme, @FormParam("back") String back) {
        boolean known = theme != null && isKnown(theme);
        var cookie = new NewCookie.Builder(COOKIE)
                .value(known ? theme : "")
                .path("/")
                .maxAge(known ? 31_536_000 : 0)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
        return Redirect.answer(RestResponse.Status.SEE_OTHER, Redirect.safe(back))
                .cookie(cookie)
                .build();
    }
}
