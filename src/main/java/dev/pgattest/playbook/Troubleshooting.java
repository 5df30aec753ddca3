package dev.pgattest.playbook;

import java.util.List;
import java.util.stream.Stream;

/**
 * What can go wrong, by SQLSTATE.
 *
 * @param state SQLSTATE
 * @param what happened
 * @param left what it leaves behind
 * @param help what to do
 */
record Troubleshooting(String state, String what, String left, String help) {

    private static final String AGAIN = "run the same command or script again";

    static final List<Troubleshooting> ALL = List.of(
            new Troubleshooting(
                    "55P03",
                    "a lock could not be had within `lock_timeout`; a concurrent build also waits so for every older transaction of the"
                            + " database",
                    "nothing of a transaction; of a build an invalid index, which the deployer and the script drop",
                    "end the session that is named by the query below, or wait for it, then " + AGAIN
                            + "; the deployer tries short steps again by itself"),
            new Troubleshooting(
                    "57014",
                    "somebody cancelled it, or its deadline has passed",
                    "of a build or a concurrent drop an invalid index",
                    AGAIN + "; raise `--deadline` when it was too short"),
            new Troubleshooting(
                    "40P01",
                    "a deadlock: a session that has written to the table wanted a stronger lock while the build waited for it",
                    "of a build an invalid index, when the build was the victim",
                    AGAIN + " when no other change of the table's definition is at work"),
            new Troubleshooting(
                    "25001",
                    "a concurrent build inside a transaction: psql was run with `-1`, or something between shares connections",
                    "nothing",
                    "run the script without `-1` and outside of `begin`; connect to the server itself"),
            new Troubleshooting(
                    "25006",
                    "the server is a standby, or the session is read-only",
                    "nothing",
                    "connect to the primary, as a role whose transactions may write"),
            new Troubleshooting(
                    "23505",
                    "rows are equal that a unique index tells apart",
                    "nothing: what the build left would refuse rows, so it is dropped; if the session was lost meanwhile, an invalid index"
                            + " that refuses rows",
                    "remove or change the rows that are shown, then " + AGAIN),
            new Troubleshooting(
                    "53100",
                    "the disk is full",
                    "of a build an invalid index and its space, until it is dropped",
                    AGAIN + " when there is room: it drops the leftover first"),
            new Troubleshooting(
                    "53200",
                    "the server has no memory left for it, or no room in its lock table",
                    "as 53100",
                    "lower `maintenance_work_mem`, or raise `max_locks_per_transaction`"),
            new Troubleshooting(
                    "42P07",
                    "the name is taken, by a table perhaps, or a statement of a script was run by hand before",
                    "nothing of the step",
                    "rename what has the name; for a script, make a new plan: it sees what is done"),
            new Troubleshooting(
                    "42501",
                    "the role may not do it: it does not own the table, or may not create in its schema, in the database (for the journal)"
                            + " or temporary tables (for comparing definitions)",
                    "nothing of the step",
                    "connect as the owner, or grant what is missing"),
            new Troubleshooting(
                    "54000",
                    "a row is too large for the index (also 22xxx and 42883 for expressions that fail on a row)",
                    "nothing: the invalid index is dropped",
                    "index less of the column, or change the row"),
            new Troubleshooting(
                    "57P01",
                    "an administrator ended the session, or the server was stopped",
                    "of a build an invalid index",
                    AGAIN + "; locks and settings are gone with the session"),
            new Troubleshooting("57P03", "the server is starting or stopping", "nothing", "wait, then " + AGAIN),
            new Troubleshooting(
                    "08006",
                    "the connection was lost; a build goes on on the server without it",
                    "perhaps a build that is still at work",
                    "look with the progress query below; then " + AGAIN
                            + ": it waits for the build, or says that it is at work"),
            new Troubleshooting(
                    "P0001",
                    "a guard of the script stopped it; the message says which",
                    "what the steps before have done, which stays",
                    "do what the hint says, then " + AGAIN));

    /** The lines of a table. */
    static List<String> table() {
        List<String> head =
                List.of("| SQLSTATE | what happened | what it leaves behind | what to do |", "|---|---|---|---|");
        return Stream.concat(
                        head.stream(),
                        ALL.stream()
                                .map(each -> MarkdownText.row(List.of(each.state, each.what, each.left, each.help))))
                .toList();
    }
}
