package dev.pgattest.sql;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes JSON objects whose fields take a third of the memory of hash maps. Nodes of parse trees have a few fields each. */
final class CompactNodes extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public ObjectNode objectNode() {
        return new ObjectNode(this, new Fields());
    }

    /** Names and values in turn, in the order in which they were added. */
    private static final class Fields extends AbstractMap<String, JsonNode> {
        private static final int FIRST_FIELDS = 3;

        private Object[] pairs = new Object[2 * FIRST_FIELDS];
        private int size;

        private int find(@Nullable Object name) {
            for (int index = 0; index < 2 * size; index += 2) {
                if (pairs[index].equals(name)) {
                    return index;
                }
            }
            return -1;
        }

        private @Nullable JsonNode value(int index) {
            return index < 0 ? null : (JsonNode) pairs[index + 1];
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return find(name) >= 0;
        }

        @Override
        public @Nullable JsonNode get(@Nullable Object name) {
            return value(find(name));
        }

        @Override
        public @Nullable JsonNode put(String name, JsonNode value) {
            int index = find(name);
            JsonNode before = value(index);
            if (index < 0) {
                index = 2 * size;
                size++;
                if (index == pairs.length) {
                    pairs = Arrays.copyOf(pairs, index + 2 * FIRST_FIELDS);
                }
                pairs[index] = name;
            }
            pairs[index + 1] = value;
            return before;
        }

        @Override
        public @Nullable JsonNode remove(@Nullable Object name) {
            int index = find(name);
            JsonNode before = value(index);
            if (index >= 0) {
                System.arraycopy(pairs, index + 2, pairs, index, 2 * size - index - 2);
                size--;
            }
            return before;
        }

        @Override
        public Set<Entry<String, JsonNode>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return size;
                }

                @Override
                public Iterator<Entry<String, JsonNode>> iterator() {
                    return entries();
                }
            };
        }

        private Iterator<Entry<String, JsonNode>> entries() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < 2 * size;
                }

                @Override
                public Entry<String, JsonNode> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    next += 2;
                    return Map.entry((String) pairs[next - 2], (JsonNode) pairs[next - 1]);
                }

                @Override
                public void remove() {
                    next -= 2;
                    Fields.this.remove(pairs[next]);
                }
            };
        }
    }
}
