package dev.switchback.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the events of a run as a browser does: when the stream breaks, it connects again behind the last it got. */
final class EventReader {

    private final Instance instance;
    private final long run;
    private final List<Integer> numbers = new ArrayList<>();

    EventReader(Instance instance, long run) {
        this.instance = instance;
        this.run = run;
    }

    /** The numbers of the events, as they came. */
    List<Integer> untilTheEnd() {
        for (int tries = 0; tries < 100; tries++) {
            if (readsToTheEnd()) {
                return numbers;
            }
            Waiting.pass(Duration.ofMillis(300));
        }
        throw new IllegalStateException("the stream of run " + run + " breaks again and again");
    }

    private boolean readsToTheEnd() {
        String last = numbers.isEmpty() ? "" : String.valueOf(numbers.get(numbers.size() - 1));
        try {
            HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                    .send(
                            instance.request("/api/v1/runs/" + run + "/events")
                                    .timeout(Duration.ofSeconds(60))
                                    .header("Last-Event-ID", last)
                                    .GET()
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                return false;
            }
            return read(answer.body());
        } catch (IOException broken) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whether it ended with the end of the run. */
    private boolean read(InputStream stream) throws IOException {
        String text = "";
        try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    numbers.add(Integer.valueOf(line.substring(3).strip()));
                }
                text = line.startsWith("data:") ? line : text;
            }
        }
        return text.contains("\"succeeded\"") && text.contains("finished");
    }
}
