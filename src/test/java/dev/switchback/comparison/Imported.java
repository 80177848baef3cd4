package dev.switchback.comparison;

import static dev.switchback.Http.admin;
import static dev.switchback.Http.importFile;

import java.util.Random;
import java.util.UUID;

/** A migration in an environment of its own, whose samples another program takes: what anybody outside can do. */
final class Imported {

    private static final double SPREAD = 0.35;

    final String unique = UUID.randomUUID().toString().substring(0, 8);
    final String key = "compared-" + unique;
    final String place = "place-" + unique;

    /** A migration with these metrics, each line indented as in a file. */
    static Imported with(String metrics) {
        var made = new Imported();
        importFile(environment(made.place));
        importFile(migration(made.key, "shop-" + made.unique, metrics));
        return made;
    }

    /** One metric that sends requests, of this class and with these intents. */
    static Imported requests(String metricClass, String judge) {
        return with("""
              - name: product-list
                http: {target: web, request: "GET /api/products"}
                class: %s
                judge: {%s}
            """.formatted(metricClass, judge));
    }

    static String environment(String place) {
        return """
            apiVersion: switchback/v1
            kind: Environment
            key: %s
            name: %s
            tier: staging
            targets:
              web: {kind: http, url: "http://127.0.0.1:9"}
            """.formatted(place, place);
    }

    static String migration(String key, String service, String metrics) {
        return """
            apiVersion: switchback/v1
            kind: Migration
            key: %s
            title: Change something of %s
            service: %s
            owner: team-test
            expected: it is faster
            rollbackNote: change it back
            metrics:
            %s\
            """.formatted(key, service, service, metrics);
    }

    /** What another tool saw. */
    static final class Load {
        private final Random random;
        private double median = 100;
        private int requests = 1000;
        private double failing;
        private double hits = 1;
        private double hitsFaster = 1;
        private boolean tellsCache = true;
        private double from;

        private Load(long seed) {
            this.random = new Random(seed);
        }

        static Load seeded(long seed) {
            return new Load(seed);
        }

        Load median(double ms) {
            this.median = ms;
            return this;
        }

        Load requests(int number) {
            this.requests = number;
            return this;
        }

        /** This share of the requests fails. */
        Load failing(double share) {
            this.failing = share;
            return this;
        }

        /** This share comes from a cache, so many times faster. */
        Load hits(double share, double faster) {
            this.hits = share;
            this.hitsFaster = faster;
            return this;
        }

        Load tellsNothingOfCaches() {
            this.tellsCache = false;
            return this;
        }

        /** When it began, milliseconds since 1970. */
        Load from(double ms) {
            this.from = ms;
            return this;
        }

        String csv() {
            var csv = new StringBuilder("atMs,valueMs,ok,cache\n");
            for (int i = 0; i < requests; i++) {
                boolean hit = random.nextDouble() < hits;
                double value = median * Math.exp(SPREAD * random.nextGaussian()) / (hit ? hitsFaster : 1);
                boolean ok = random.nextDouble() >= failing;
                csv.append("%.0f,%.3f,%s,%s\n"
                        .formatted(from + i * 100.0, value, ok, tellsCache ? hit ? "hit" : "miss" : ""));
            }
            return csv.toString();
        }
    }

    /** Imports what a tool saw at this moment; the number of the measurement. */
    int measured(String moment, Load load) {
        return measured(place, moment, "product-list", load.csv());
    }

    int measured(String environment, String moment, String metric, String csv) {
        return admin().contentType("text/csv")
                .queryParam("environment", environment)
                .queryParam("moment", moment)
                .queryParam("metric", metric)
                .body(csv)
                .post("/api/v1/migrations/" + key + "/measurements/import")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
