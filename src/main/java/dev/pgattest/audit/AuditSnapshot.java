package dev.pgattest.audit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a database's catalog says about who may see what.
 *
 * @param server which database
 * @param scope who its tenants and its application are
 * @param schema relations, policies and keys
 * @param access roles, rights and routines
 * @param plans how the planner finds rows under policies; empty when it could not be asked
 * @param gaps what could not be seen
 */
public record AuditSnapshot(
        Server server, AuditScope scope, Schema schema, Access access, List<PolicyPlan> plans, List<Gap> gaps) {

    public AuditSnapshot {
        plans = List.copyOf(plans);
        gaps = List.copyOf(gaps);
    }

    /** The same with plans, and with what else could not be seen. */
    public AuditSnapshot with(List<PolicyPlan> itsPlans, List<Gap> more) {
        return new AuditSnapshot(
                server,
                scope,
                schema,
                access,
                itsPlans,
                Stream.concat(gaps.stream(), more.stream()).toList());
    }

    /**
     * Which database.
     *
     * @param address host and port
     * @param database its name
     * @param version of the server
     * @param major its first number
     * @param role who asked
     */
    public record Server(String address, String database, String version, int major, String role) {}

    /**
     * What there is.
     *
     * @param relations all that are not the system's, an extension's or pgattest's
     * @param policies of all tables
     * @param keys unique keys of all tables
     * @param references foreign keys of all tables
     * @param bases ids of the relations that each view, materialized view or rule reads, by the id of the view or the rule's table
     * @param leading the columns that indexes of a table begin with, by the table's id
     * @param rules rewrite rules that are not a view's query
     */
    public record Schema(
            List<Relation> relations,
            List<PolicyFacts> policies,
            List<KeyFacts> keys,
            List<KeyFacts.Reference> references,
            Map<Long, Set<Long>> bases,
            Map<Long, Set<String>> leading,
            List<Rule> rules) {
        public Schema {
            relations = List.copyOf(relations);
            policies = List.copyOf(policies);
            keys = List.copyOf(keys);
            references = List.copyOf(references);
            bases = Map.copyOf(bases);
            leading = Map.copyOf(leading);
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rewrite rule.
     *
     * @param relation id of its table or view
     * @param name its name
     * @param event the command that it rewrites
     */
    public record Rule(long relation, String name, String event) {}

    /**
     * Who may do what.
     *
     * @param roles of the server
     * @param reach what the application's roles and owners have of other roles
     * @param effective what the application's roles can do
     * @param given what was granted
     * @param routines all that are not the system's or an extension's
     * @param triggers of all tables
     * @param odds other ways out
     */
    public record Access(
            List<RoleFacts> roles,
            List<RoleFacts.Reach> reach,
            List<Grant.Effective> effective,
            List<Grant.Given> given,
            List<RoutineFacts> routines,
            List<Trigger> triggers,
            Odds odds) {
        public Access {
            roles = List.copyOf(roles);
            reach = List.copyOf(reach);
            effective = List.copyOf(effective);
            given = List.copyOf(given);
            routines = List.copyOf(routines);
            triggers = List.copyOf(triggers);
        }
    }

    /**
     * A trigger.
     *
     * @param table id of its table
     * @param name its name
     * @param function id of the function that it runs
     */
    public record Trigger(long table, String name, long function) {}

    /**
     * Other ways out.
     *
     * @param defaults who gets a value of the tenant's setting without setting it: a role, or empty for everybody, with the value
     * @param statistics the application's roles that may read pg_statistic
     * @param sequences how many sequences the application's roles may look at
     * @param largeObjects how many large objects the application's roles or PUBLIC may read
     */
    public record Odds(Map<String, String> defaults, Set<String> statistics, int sequences, long largeObjects) {
        public Odds {
            defaults = Map.copyOf(defaults);
            statistics = Set.copyOf(statistics);
        }
    }

    /**
     * Something that was not looked at.
     *
     * @param object as SQL writes it; empty for the database
     * @param message what and why
     * @param remedy what to do
     */
    public record Gap(String object, String message, String remedy) {}
}
