package dev.switchback.people;

import dev.switchback.Http;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;

/** Sends away every other admin, whom some other test made. */
final class OnlyAdmin {

    private OnlyAdmin() {}

    static void remains() {
        String next = "/api/v1/people?limit=200";
        while (next != null) {
            var page = Http.admin().get(next).then().statusCode(200).extract().jsonPath();
            List<Map<String, ?>> admins = page.getList(
                    "items.findAll { it.active && it.name != 'admin' && it.grants.role.contains('admin') }");
            admins.forEach(each -> leave(each.get("name").toString()));
            next = page.getString("next");
        }
    }

    private static void leave(String name) {
        String address = "/api/v1/people/" + name;
        Http.admin()
                .contentType(ContentType.JSON)
                .header("If-Match", Http.admin().get(address).header("ETag"))
                .body("{\"active\": false}")
                .put(address)
                .then()
                .statusCode(200);
    }
}
