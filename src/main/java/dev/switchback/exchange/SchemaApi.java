package dev.switchback.exchange;

import dev.switchback.shape.JsonSchema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** The JSON Schema of the runbook file, for editors and programs. */
@Path("/schema/switchback-v1.json")
public class SchemaApi {

    @GET
    @Produces("application/schema+json")
    public String schema() {
        return JsonSchema.text();
    }
}
