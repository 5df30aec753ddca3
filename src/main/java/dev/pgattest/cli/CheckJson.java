package dev.pgattest.cli;

import dev.pgattest.Problem;
import dev.pgattest.Result;
import dev.pgattest.pipeline.CheckProject;
import dev.pgattest.workload.Project;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The result of {@code check} for programs. */
final class CheckJson {

    private static final JsonMapper JSON = new JsonMapper();

    private CheckJson() {}

    static String render(String folder, CheckProject.Checked checked) {
        Result<Project> result = checked.project();
        ObjectNode root = JSON.createObjectNode();
        root.put("pgattest", Version.text());
        root.put("folder", folder);
        root.put("ok", result.problems().isEmpty());
        if (result.problems().isEmpty()) {
            Project project = result.orThrow();
            root.put("project", project.name());
            root.put("queries", project.workload().queries().size());
            root.put("jobs", project.workload().jobs().size());
            root.put("cases", project.caseCount());
            root.put("states", project.states().size());
            root.put("migrations", project.files().migrationFiles().size());
        }
        ArrayNode problems = root.putArray("problems");
        result.problems().forEach(problem -> add(problems.addObject(), problem));
        ArrayNode warnings = root.putArray("warnings");
        checked.warnings().forEach(warning -> add(warnings.addObject(), warning));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static void add(ObjectNode node, Problem problem) {
        node.put("file", problem.file());
        node.put("line", problem.line());
        node.put("column", problem.column());
        node.put("message", problem.message());
        node.put("remedy", problem.remedy());
    }
}
