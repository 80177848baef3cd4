package dev.switchback;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** How tests speak to the server. */
public final class Http {

    private Http() {}

    /** Nobody. */
    public static RequestSpecification nobody() {
        return given().config(RestAssured.config()
                .encoderConfig(
                        EncoderConfig.encoderConfig().encodeContentTypeAs("application/yaml", ContentType.TEXT)));
    }

    /** The administrator, with Basic. */
    public static RequestSpecification admin() {
        return nobody().auth().preemptive().basic("admin", TestDatabase.PASSWORD);
    }

    /** Somebody, with Basic. */
    public static RequestSpecification as(String name) {
        return nobody().auth().preemptive().basic(name, TestDatabase.PASSWORD).contentType(ContentType.JSON);
    }

    /** Makes somebody with the usual password and these grants, each an object of JSON. @return their name */
    public static String colleague(String name, String... grants) {
        admin().contentType(ContentType.JSON)
                .body("{\"name\": \"%s\", \"displayName\": \"%s\", \"password\": \"%s\", \"grants\": [%s]}"
                        .formatted(name, name, TestDatabase.PASSWORD, String.join(", ", grants)))
                .post("/api/v1/people")
                .then()
                .statusCode(201);
        return name;
    }

    /** A program, with a token. */
    public static RequestSpecification token(String token) {
        return nobody().header("Authorization", "Bearer " + token);
    }

    /** Imports a runbook file and expects it to be fine. */
    public static ValidatableResponse importFile(String yaml) {
        return admin().contentType("application/yaml")
                .body(yaml)
                .post("/api/v1/import")
                .then()
                .statusCode(200);
    }
}
