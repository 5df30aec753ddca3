package dev.pgattest.pipeline;

import dev.pgattest.PgattestException;
import dev.pgattest.deploy.CatalogAfter;
import dev.pgattest.deploy.CatalogSnapshot;
import dev.pgattest.deploy.DeploymentPlan;
import dev.pgattest.deploy.DeploymentPlan.Direction;
import dev.pgattest.deploy.DeploymentPlanJson;
import dev.pgattest.deploy.DeploymentRecord;
import dev.pgattest.files.AtomicFile;
import dev.pgattest.playbook.Playbook;
import dev.pgattest.playbook.PlaybookMarkdown;
import dev.pgattest.playbook.PsqlScript;
import dev.pgattest.playbook.ScriptInput;
import dev.pgattest.postgres.DeploymentJournal;
import dev.pgattest.postgres.DirectSession;
import dev.pgattest.postgres.Preflight;
import dev.pgattest.postgres.Session;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the operator's document of a plan and the scripts for whoever runs SQL by hand. Only reads the database. */
public final class MakePlaybook {

    private final PlaybookRequest request;
    private final Progress progress;

    /** Prepares it. */
    public MakePlaybook(PlaybookRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * The texts of a playbook.
     *
     * @param plan what it is about
     * @param files their names and what is in them, in the order in which they are to be read
     */
    public record Texts(DeploymentPlan plan, Map<String, String> files) {

        /**
         * Writes them into a folder, each whole or not at all.
         *
         * @throws PgattestException of the environment when it cannot be written
         */
        public void writeTo(Path folder) {
            files.forEach((name, text) -> AtomicFile.write(folder.resolve(name), text));
        }
    }

    /**
     * Makes it.
     *
     * @throws PgattestException when the project or the database does not allow a plan, or a stored plan no longer fits
     */
    public Texts run() {
        DeployRequest deployment = request.deployment();
        LoadedProject loaded = LoadedProject.read(deployment.project());
        deployment.states().target().ifPresent(name -> ReferenceStates.state(loaded.project(), name));
        deployment.states().origin().ifPresent(name -> ReferenceStates.state(loaded.project(), name));
        try (Session session = DirectSession.toPrimary(deployment.connections(), "pgattest")) {
            ReferenceStates reference = ReferenceWalk.states(loaded, deployment.reference(), progress);
            progress.step("comparing the catalogs");
            return of(session, new DeploymentPlanning(deployment, reference, session), reference);
        }
    }

    Texts of(Session session, DeploymentPlanning planning, ReferenceStates reference) {
        DeploymentPlan plan = plan(planning);
        DeploymentPlanFile.requireNoSecrets(plan);
        WayBack back = new WayBack(reference, request.deployment().settings(), planning.live(), planning.history());
        ScriptInput.Origin origin = origin(planning);
        CatalogSnapshot before = planning.live();
        CatalogSnapshot after = plan.direction() == Direction.APPLY ? back.after(plan) : CatalogAfter.of(plan, before);
        Map<String, String> files = new LinkedHashMap<>();
        Optional<DeploymentPlan> undo =
                plan.direction() == Direction.APPLY ? Optional.of(back.of(plan)) : Optional.empty();
        ScriptInput.Undone undone =
                plan.direction() == Direction.APPLY ? ScriptInput.Undone.NOTHING : undone(planning.toRollBack());
        files.put(
                "playbook.md",
                PlaybookMarkdown.of(new Playbook(
                        plan,
                        undo.orElse(null),
                        before,
                        after,
                        Preflight.check(session, plan, request.limits()),
                        new Playbook.Target(
                                origin.database(), session.serverVersion().text()))));
        files.put("plan.json", DeploymentPlanJson.text(plan));
        files.put(
                PsqlScript.fileName(plan.direction()),
                PsqlScript.of(new ScriptInput(plan, before, after, origin, undone)));
        undo.ifPresent(DeploymentPlanFile::requireNoSecrets);
        undo.ifPresent(reverse -> files.put(
                PsqlScript.fileName(reverse.direction()),
                PsqlScript.of(
                        new ScriptInput(reverse, after, CatalogAfter.of(reverse, after), origin, back.undone(plan)))));
        return new Texts(plan, files);
    }

    private ScriptInput.Origin origin(DeploymentPlanning planning) {
        return new ScriptInput.Origin(
                request.deployment().database().database(),
                planning.history().last().map(DeploymentRecord::id).orElse(null),
                DeploymentJournal.tables());
    }

    /** A plan for a rollback knows how far the deployment got, so all that it undoes must have been done. */
    private static ScriptInput.Undone undone(DeploymentRecord deployment) {
        return new ScriptInput.Undone(
                deployment.doneScripts().stream()
                        .map(DeploymentRecord.StepRecord::key)
                        .distinct()
                        .toList(),
                false);
    }

    private DeploymentPlan plan(DeploymentPlanning planning) {
        if (request.subject() instanceof PlaybookRequest.Subject.Rollback) {
            return planning.back();
        }
        if (request.subject() instanceof PlaybookRequest.Subject.Stored stored) {
            DeploymentPlan plan = DeploymentPlanFile.read(stored.plan());
            DeploymentRun.requireFitting(plan, planning.live(), planning.history());
            return plan;
        }
        return planning.forward();
    }
}
