package dev.switchback.step.http;

import dev.switchback.secret.Secrets;
import dev.switchback.step.Action;
import dev.switchback.step.Target;
import dev.switchback.step.TargetCheck;
import dev.switchback.step.TargetState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A target of kind {@code http} is there when its url answers a GET within five seconds, with whatever status. */
public final class HttpTargetCheck implements TargetCheck {

    private final HttpClient client = HttpStepExecutor.newClient();

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public TargetState check(Target target, Secrets secrets) {
        URI address = HttpRequestPlan.uri(target.text("url", ""), target);
        long began = System.nanoTime();
        try {
            HttpResponse<Void> answer =
                    client.send(request(address, target, secrets), HttpResponse.BodyHandlers.discarding());
            return TargetState.reachable(
                    since(began), address.getRawAuthority() + " answers, status " + answer.statusCode());
        } catch (IOException failed) {
            return TargetState.unreachable(
                    since(began),
                    "no answer from " + address.getRawAuthority() + ": " + HttpStepExecutor.reason(failed));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return TargetState.unreachable(since(began), "the server is stopping");
        }
    }

    /** Placeholders in headers need a run; such headers are left out here. */
    private static HttpRequest request(URI address, Target target, Secrets secrets) throws IOException {
        var request = Pinned.of(address).request().timeout(HttpStepExecutor.CONNECT_TIMEOUT);
        new Action(target.settings()).named("headers").forEach((name, value) -> {
            String text = secrets.resolve(value.asText());
            if (text.indexOf('{') < 0 && !name.equalsIgnoreCase("Host")) {
                request.setHeader(name, text);
            }
        });
        return request.build();
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
