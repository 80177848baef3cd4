package dev.switchback.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** A flash is shown once: the page that shows it takes the cookie back. */
public class ForgetFlash {

    /** Adds the forgetting cookie to a page that was rendered with a flash. */
    @ServerResponseFilter
    public void forget(ContainerRequestContext request, ContainerResponseContext response) {
        boolean page =
                response.getMediaType() != null && response.getMediaType().isCompatible(MediaType.TEXT_HTML_TYPE);
        if (page && request.getCookies().containsKey(Flash.COOKIE)) {
            response.getHeaders().add("Set-Cookie", Flash.forget());
        }
    }
}
