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
