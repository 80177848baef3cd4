package dev.switchback.edit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.switchback.access.CallerOfRequest;
import dev.switchback.access.SignInPages;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;

/**
 * A form that arrives when its session has ended: nothing is done with it but to hand what is typed, without secrets, to
 * the page that asks to sign in. Whatever else nobody sends ends here too.
 */
public class SignedOutForm {

    @Inject
    CallerOfRequest caller;

    /** Answers in the place of the endpoint when nobody is signed in. */
    @WithFormRead
    @ServerRequestFilter
    public Optional<Response> guard(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (caller.find().isPresent() || request.getMethod().equals("GET") || path.equals("/signin")) {
            return Optional.empty();
        }
        return Optional.of(SignInPages.signedOut(
                request.getUriInfo().getRequestUri().getRawPath(),
                typed(CurrentRequestManager.get().getFormData())));
    }

    private static String typed(FormData sent) {
        var typed = JsonNodeFactory.instance.objectNode();
        if (sent != null) {
            Posted posted = Posted.of(sent.toMultipartFormDataInput());
            PlainSecretFields.of(posted.fields()).forEach(posted.fields()::remove);
            posted.fields().all().forEach(typed::put);
            typed.put("base", posted.base()).put("note", posted.note());
        }
        return typed.toString();
    }
}
