package dev.pgattest.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects of parse trees do what those of the JSON library do. */
class CompactNodesTest {

    private static final String JSON = "{\"a\":1,\"b\":{\"x\":[{\"y\":true}]},\"c\":\"d\",\"e\":null,\"f\":2.5}";

    private static ObjectNode read(String json) {
        JsonMapper mapper = JsonMapper.builder().nodeFactory(new CompactNodes()).build();
        return (ObjectNode) mapper.readTree(json);
    }

    @Test
    void an_object_equals_the_same_one_of_the_library() {
        ObjectNode compact = read(JSON);

        assertThat(compact).isEqualTo(JsonMapper.shared().readTree(JSON));
        assertThat(compact.deepCopy()).isEqualTo(compact).hasSameHashCodeAs(compact);
        assertThat(compact).hasToString(JSON);
    }

    @Test
    void fields_keep_their_order_when_others_come_and_go() {
        ObjectNode node = read(JSON);

        node.put("a", 7);
        node.remove("c");
        node.put("g", 8);
        node.remove(List.of("b"));

        List<String> names = new ArrayList<>(node.propertyNames());
        assertThat(names).containsExactly("a", "e", "f", "g");
        assertThat(node.path("a").asInt()).isEqualTo(7);
        assertThat(node.has("c")).isFalse();
        assertThat(node.path("nothing").isMissingNode()).isTrue();
    }

    @Test
    void an_empty_object_has_nothing() {
        assertThat(read("{}").isEmpty()).isTrue();
        assertThat(read("{}").properties()).isEmpty();
    }
}
