package dev.pgattest.drift;

import dev.pgattest.ObjectFinding;
import dev.pgattest.Severity;
import java.util.Locale;

/** What is looked for when a plan is compared with a database. */
public enum DriftRule {
    MISSING(
            Severity.ERROR,
            "The plan wants an index that the database does not have. Queries that it is to serve read the table instead; what it is to"
                    + " enforce is not enforced.",
            "Create it online with the statement that the finding shows, or correct the plan."),
    EXTRA(
            Severity.ERROR,
            "The database has an index that is in no plan. Every write pays for it, and nobody has said what for.",
            "Enter it into the plan with what it serves, enforces or supports, or drop it online."),
    UNDROPPED(
            Severity.ERROR,
            "The plan's decision is `drop`, and the database still has the index.",
            "Drop it online, or change the decision."),
    DEFERRED(
            Severity.ERROR,
            "The plan's decision is `defer`, and the database has the index all the same.",
            "Drop it online, or change the decision and say what the index serves."),
    DIFFERENT(
            Severity.ERROR,
            "The database has an index of that name which is not the planned one: another method, other keys, other rows, or it refuses"
                    + " something else. Both definitions are shown.",
            "Replace it: build the planned one under another name, rename both in one transaction, drop the old one. Or correct the plan."),
    RESPELLED(
            Severity.WARNING,
            "The index and the plan's definition differ and are good for the same: a B-tree sorted the other way round, or other storage"
                    + " parameters.",
            "Write into the plan what the database has, or rebuild the index."),
    UNCERTAIN(
            Severity.INFO,
            "The definitions differ in casts alone. The server adds casts to what is written, and which ones could not be asked of it: the"
                    + " session is read-only, or lacks a right.",
            "Nothing, when both mean the same. Comparing with a state on a server of pgattest's own decides it."),
    RENAMED(
            Severity.WARNING,
            "The database has the planned index under another name.",
            "Rename it: `alter index` takes a short lock and rewrites nothing."),
    REFUSED(
            Severity.ERROR,
            "The server cannot make the planned index: a column does not exist, a function is not immutable, a type has no such operator"
                    + " class.",
            "Correct the definition."),
    NAME_TAKEN(
            Severity.ERROR,
            "An index of the planned name belongs to another table of the same schema, so the planned one cannot be made. `create index if"
                    + " not exists` would report success.",
            "Rename one of them."),
    DECISION(
            Severity.ERROR,
            "The plan's decision does not fit the states: an index to keep that the first state lacks, one to create that it has, one to"
                    + " drop or to defer that it lacks or has.",
            "Correct the decision, or the migrations."),
    INVALID(
            Severity.ERROR,
            "No query uses the index: its build was interrupted or failed, or a partition lacks its part. Once ready, it slows every write"
                    + " down, and a unique one already refuses rows.",
            "Look for its builder in `pg_stat_progress_create_index`; when there is none, `reindex index concurrently`, or drop it and build"
                    + " it again. Of a partitioned index, build and attach the missing parts."),
    DUPLICATE(
            Severity.ERROR,
            "Two indexes of one table are the same. Every write pays twice.",
            "Drop one of them online."),
    REDUNDANT(
            Severity.WARNING,
            "Another index of the table can do all that this one does: the finding names it and says why. Access method, operator class,"
                    + " collation, direction, uniqueness, condition and included columns are compared; what the definitions do not show counts"
                    + " as a difference. A smaller index may still be faster: measure with `prove` before you drop it.",
            "Drop it online, or say in the plan what it is good for."),
    CONFLICT(
            Severity.WARNING,
            "A unique index refuses rows that another one is made to accept: it is unique in fewer columns, or treats NULLs more strictly."
                    + " The wider one then decides nothing. An error when the narrower one is not in the plan. A primary key is never the"
                    + " narrower one: wider keys beside it are what foreign keys refer to.",
            "Drop one of them, according to which rule holds."),
    UNJUSTIFIED(
            Severity.ERROR,
            "The plan wants an index and names no query or job that it serves, no rule that it enforces and no other work that it supports.",
            "Write `serves`, `enforces` or `supports`, or drop it."),
    UNUSED_BY_QUERY(
            Severity.ERROR,
            "The plan says that the index serves a query, and none of the plans captured of that query in the gate uses it.",
            "Remove the query from `serves`, or find out with the captured plans why the planner prefers another way."),
    UNPROVEN(
            Severity.INFO,
            "The plan says that the index serves a query of which there is no evidence in the gate.",
            "Measure it with `prove`."),
    SERVES_NO_QUERY(
            Severity.WARNING,
            "No captured plan of any query uses the index, and it is not unique. A note when the plan says what else it is for.",
            "Drop it online, or say in the plan what it enforces or supports."),
    FOREIGN_KEY_WITHOUT_INDEX(
            Severity.WARNING,
            "No valid index begins with the columns of a foreign key: deleting or changing a referenced row reads the whole referring table,"
                    + " under a lock on the row. A note when the plan drops or defers the index that would serve it.",
            "Create the index, or enter it into the plan as deferred and say why: the referenced rows never go, or the table stays small.");

    private final Severity severity;
    private final String meaning;
    private final String remedy;

    DriftRule(Severity severity, String meaning, String remedy) {
        this.severity = severity;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** As in findings: {@code unused-by-query}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How much it weighs unless the meaning says otherwise. */
    public Severity severity() {
        return severity;
    }

    /** What is the case and what follows from it, for the page. */
    public String meaning() {
        return meaning;
    }

    /** What to do in general, for the page. */
    public String remedy() {
        return remedy;
    }

    /** A finding about an object with the rule's own severity. */
    ObjectFinding of(String object, String message, String help) {
        return of(severity, object, message, help);
    }

    ObjectFinding of(Severity weight, String object, String message, String help) {
        return new ObjectFinding(id(), weight, object, message, help);
    }
}
