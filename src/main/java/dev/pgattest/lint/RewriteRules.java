package dev.pgattest.lint;

import dev.pgattest.lint.KnownDomains.Domain;
import dev.pgattest.lint.LintRule.Page;
import dev.pgattest.sql.ParseNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules about columns whose values PostgreSQL writes into every row while nobody may use the table. */
final class RewriteRules {

    private static final String SOURCE = "Manual, ALTER TABLE, \"Notes\".";
    private static final String WAIT = " under ACCESS EXCLUSIVE: reads and writes wait until every row is written";

    private static final Set<String> SERIAL =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

    static final List<LintRule> ALL = List.of(
            LintRule.error("volatile-default-rewrite")
                    .page(new Page(
                            "A column that is added with a volatile default",
                            "random(), gen_random_uuid(), clock_timestamp(), nextval() and the like give another value for each row, so"
                                    + " PostgreSQL writes the whole table and its indexes anew while it holds ACCESS EXCLUSIVE. A constant"
                                    + " or now() is stored once and costs nothing from PostgreSQL 11 on; before, every default rewrites. A function"
                                    + " that neither the files nor PostgreSQL itself declare counts as volatile, which it is by default.",
                            "Add the column without a default, set the default for new rows in a second statement, and fill the old rows"
                                    + " in batches.",
                            SOURCE))
                    .provedBy(new Proof.Rewrites("orders"))
                    .checks(RewriteRules::volatileDefault),
            LintRule.error("add-serial-or-identity-column")
                    .page(new Page(
                            "A serial or identity column that is added to a table in use",
                            "Each row gets a number of its own, so PostgreSQL writes the whole table and its indexes anew while it holds"
                                    + " ACCESS EXCLUSIVE.",
                            "Add a plain bigint column, give it a sequence as default for new rows, fill the old rows in batches and make"
                                    + " it NOT NULL by a validated CHECK; then it can become an identity column, which reads nothing.",
                            SOURCE))
                    .provedBy(new Proof.Rewrites("orders"))
                    .checks(RewriteRules::serial),
            LintRule.error("add-stored-generated-column")
                    .page(new Page(
                            "A stored generated column that is added to a table in use",
                            "PostgreSQL computes the value of each row and writes the whole table and its indexes anew while it holds"
                                    + " ACCESS EXCLUSIVE. So does SET EXPRESSION of such a column, from PostgreSQL 17 on.",
                            "Add a plain column that a trigger keeps, and fill the old rows in batches. Or compute the value in a view or,"
                                    + " from PostgreSQL 18, in a VIRTUAL generated column, which is not stored.",
                            SOURCE))
                    .versions(12, Integer.MAX_VALUE)
                    .provedBy(new Proof.Rewrites("orders"))
                    .checks(RewriteRules::generated),
            LintRule.error("add-constrained-domain-column")
                    .page(new Page(
                            "A column that is added with a domain that has constraints as its type",
                            "PostgreSQL checks the constraints of the domain for each row and writes the whole table and its indexes anew"
                                    + " while it holds ACCESS EXCLUSIVE, even when the column is empty. A domain without constraints costs"
                                    + " nothing.",
                            "Add the column with the type that the domain is one of. Say what the domain says in a CHECK of the table"
                                    + " that is added as NOT VALID and then validated.",
                            "tablecmds.c, ATExecAddColumn, of PostgreSQL 14 to 18."))
                    .provedBy(new Proof.Rewrites("orders"))
                    .checks(RewriteRules::domain));

    private RewriteRules() {}

    private static String fill(Command command) {
        String column = Command.quoted(command.addedColumn());
        return "-- then fill the old rows, some thousand at a time:\nupdate " + command.table() + " set " + column
                + " = default where " + column + " is null and ...;";
    }

    private static void volatileDefault(Visit visit) {
        for (Command command : Command.addingColumns(visit)) {
            Optional<ParseNode> given = command.ofColumn("CONSTR_DEFAULT");
            ParseNode value = given.map(each -> each.child("raw_expr"))
                    .orElse(visit.node().child("none"));
            List<String> functions = Volatility.in(visit.session(), value);
            boolean constantRewrites = visit.settings().pgVersion() < 11 && value.isPresent() && !value.flag("isnull");
            List<String> unknown = Volatility.unknownIn(visit.session(), value);
            if (functions.isEmpty() && unknown.isEmpty() && !constantRewrites) {
                continue;
            }
            String column = Command.quoted(command.addedColumn());
            Optional<ColumnConstraintText> text = given.flatMap(each -> ColumnConstraintText.of(command, each));
            String expression = text.map(each -> each.from("default")).orElse("default ...");
            String what = !functions.isEmpty()
                    ? "the volatile default " + functions.get(0) + "() rewrites "
                    : constantRewrites
                            ? "a default rewrites "
                            : "the default " + unknown.get(0) + "(), unless that is STABLE or IMMUTABLE, rewrites ";
            String later = command.ofColumn("CONSTR_NOTNULL").isPresent()
                    ? "\n" + NotNullRules.steps(command, command.addedColumn())
                    : "";
            command.find("adding " + column + " with " + what + command.table() + WAIT)
                    .remedy(ColumnConstraintText.without(command, "CONSTR_DEFAULT", "CONSTR_NOTNULL") + "\n"
                            + command.alter("alter column " + column + " set " + expression) + "\n" + fill(command)
                            + later)
                    .add();
        }
    }

    private static void serial(Visit visit) {
        for (Command command : Command.addingColumns(visit)) {
            boolean serial = SERIAL.contains(command.addedType());
            if (serial || command.ofColumn("CONSTR_IDENTITY").isPresent()) {
                String kind = serial ? command.addedType() : "an identity column";
                command.find("adding " + Command.quoted(command.addedColumn()) + " as " + kind + " rewrites "
                                + command.table() + WAIT)
                        .remedy(serialRemedy(command))
                        .add();
            }
        }
    }

    private static String serialRemedy(Command command) {
        String column = Command.quoted(command.addedColumn());
        String sequence = command.beside(command.tableName() + "_" + command.addedColumn() + "_seq");
        return command.alter("add column " + column + " bigint") + "\n"
                + "create sequence " + sequence + " owned by " + command.table() + "." + column + ";\n"
                + command.alter(
                        "alter column " + column + " set default nextval('" + sequence.replace("'", "''") + "')")
                + "\n"
                + fill(command) + "\n"
                + NotNullRules.steps(command, command.addedColumn());
    }

    private static void generated(Visit visit) {
        for (Command command : Command.of(visit)) {
            Alteration each = command.alteration();
            boolean added = each.is("AT_AddColumn")
                    && command.ofColumn("CONSTR_GENERATED")
                            .filter(constraint ->
                                    !constraint.text("generated_kind").equals("v"))
                            .isPresent();
            // From 18 on the column may be a virtual one, which the statement does not say.
            boolean stored = visit.settings().pgVersion() < 18
                    || command.known()
                            .column(each.name())
                            .filter(KnownTable.Column::stored)
                            .isPresent();
            boolean changed = each.is("AT_SetExpression") && visit.settings().pgVersion() >= 17 && stored;
            if (added || changed) {
                String column = added ? command.addedColumn() : each.name();
                String what = added ? "adding the stored generated column " : "the new expression of ";
                command.find(what + Command.quoted(column) + " rewrites " + command.table() + WAIT)
                        .remedy(generatedRemedy(command, column, added))
                        .add();
            }
        }
    }

    private static String generatedRemedy(Command command, String column, boolean added) {
        String name = added ? column : column + "_new";
        String type = added ? TypeNames.words(command.addedType()) : "...";
        boolean virtual = added && command.visit().settings().pgVersion() >= 18;
        String text = command.span()
                .map(span -> command.visit().statement().slice(span.start(), span.end()))
                .orElse("");
        String stored = text.length() > 6
                        && text.toLowerCase(java.util.Locale.ROOT).endsWith("stored")
                ? command.alter(text.substring(0, text.length() - 6) + "virtual") + "\n-- or, if it has to be stored:\n"
                : "";
        return (virtual ? stored : "") + command.alter("add column " + Command.quoted(name) + " " + type)
                + "\n-- let a trigger BEFORE INSERT OR UPDATE set " + Command.quoted(name)
                + ", then fill the old rows, some thousand at a time";
    }

    private static void domain(Visit visit) {
        for (Command command : Command.addingColumns(visit)) {
            List<String> type =
                    command.alteration().definition().child("typeName").names("names");
            Optional<Domain> domain = type.isEmpty()
                    ? Optional.empty()
                    : visit.session().objects().domains().find(visit.session().name(type));
            domain.filter(Domain::isConstrained).ifPresent(known -> {
                String column = Command.quoted(command.addedColumn());
                String constraints = known.constraints().stream().sorted().collect(Collectors.joining(", "));
                command.find("adding " + column + " as the domain " + command.addedType() + " rewrites "
                                + command.table() + WAIT)
                        .remedy(command.alter("add column " + column + " " + TypeNames.words(known.base()))
                                + "\n-- and what the domain says (" + constraints.strip()
                                + ") as a check of the table:\n"
                                + command.alter("add constraint "
                                        + Command.quoted(NotValid.free(
                                                command, command.tableName() + "_" + command.addedColumn() + "_check"))
                                        + " check (...) not valid"))
                        .add();
            });
        }
    }
}
