package dev.pgattest.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.Problem;
import java.util.List;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Declarations as a user writes them. */
public final class DatasetYaml {

    private DatasetYaml() {}

    static JsonNode tree(String yaml) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return JsonMapper.shared().valueToTree(value);
    }

    static DatasetSpec spec(String yaml) {
        DatasetBinding.Binding binding = DatasetBinding.bind(tree(yaml), Locator.NOWHERE);
        assertThat(binding.problems()).isEmpty();
        return Objects.requireNonNull(binding.spec());
    }

    static List<Problem> problems(String yaml) {
        return DatasetBinding.bind(tree(yaml), Locator.NOWHERE).problems();
    }

    /** The dataset of the profile {@code small} at scale 1. */
    public static Dataset dataset(String yaml) {
        return Dataset.of(spec(yaml), "small", DatasetSize.ofScale("1"));
    }
}
