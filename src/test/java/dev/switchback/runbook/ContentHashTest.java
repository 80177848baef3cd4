package dev.switchback.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ContentHashTest {

    private static String hash(String json) throws JsonProcessingException {
        return ContentHash.of(Content.of(json));
    }

    @Test
    void the_order_of_members_does_not_matter_and_that_of_lists_does() throws Exception {
        assertThat(hash("{\"a\":1,\"b\":{\"c\":1,\"d\":2}}")).isEqualTo(hash("{\"b\":{\"d\":2,\"c\":1},\"a\":1}"));
        assertThat(hash("{\"a\":[1,2]}")).isNotEqualTo(hash("{\"a\":[2,1]}"));
    }

    @Test
    void equal_numbers_are_equal_and_other_types_are_not() throws Exception {
        assertThat(hash("{\"a\":1.10}")).isEqualTo(hash("{\"a\":1.1}")).isEqualTo(hash("{\"a\":11e-1}"));
        assertThat(hash("{\"a\":1}")).isNotEqualTo(hash("{\"a\":\"1\"}"));
        assertThat(hash("{\"a\":1}")).isNotEqualTo(hash("{\"a\":1.0}"));
        assertThat(hash("{\"a\":null}")).isNotEqualTo(hash("{}")).isNotEqualTo(hash("{\"a\":\"null\"}"));
    }

    @Test
    void structure_cannot_be_imitated_by_text() throws Exception {
        assertThat(hash("{\"a\":\"x,\\\"b\\\":1\"}")).isNotEqualTo(hash("{\"a\":\"x\",\"b\":1}"));
        assertThat(hash("{\"a\":[[1],[2]]}")).isNotEqualTo(hash("{\"a\":[[1,2]]}"));
    }

    @Test
    void a_mapper_with_doubles_gives_the_same_hash() throws Exception {
        String json = "{\"rate\":0.5,\"blocks\":20,\"big\":12345678901}";

        assertThat(ContentHash.of((ObjectNode) new ObjectMapper().readTree(json)))
                .isEqualTo(hash(json));
    }

    @Test
    void the_version_of_the_format_and_the_wish_for_a_review_do_not_count() throws Exception {
        assertThat(hash("{\"apiVersion\":\"switchback/v1\",\"needsReview\":true,\"title\":\"a\"}"))
                .isEqualTo(hash("{\"title\":\"a\"}"));
        assertThat(hash("{\"attributes\":{\"needsReview\":true}}")).isNotEqualTo(hash("{\"attributes\":{}}"));
    }

    @Test
    void the_hash_stays_what_it_is() throws Exception {
        assertThat(hash("{\"kind\":\"Migration\",\"key\":\"shop\",\"approvals\":1,\"steps\":[{\"id\":\"ü\"}]}"))
                .matches("[0-9a-f]{64}")
                .isEqualTo("392125c6a14083a0b07f5ee77ef9b7e907909df1a36597b5ef81bf449489ff51");
    }

    @Test
    void the_content_is_left_alone() throws Exception {
        ObjectNode content = Content.of("{\"b\":1,\"apiVersion\":\"x\",\"a\":2}");
        ContentHash.of(content);

        assertThat(Content.json(content)).isEqualTo("{\"b\":1,\"apiVersion\":\"x\",\"a\":2}");
    }
}
