package dev.pgattest.lint;

/**
 * A stretch of a file that runs by itself: all of it, or one direction of a migration tool that keeps both in one file.
 *
 * @param from first index in the file
 * @param to index after the last one
 * @param undo whether it takes back what another part or file does, so that taking away is what it is for
 * @param wrapped whether its runner puts it into a transaction
 * @param rollsBack whether something in it may be rolled back
 * @param unwrapping how the runner is told not to; empty when the file does not say which runner it is
 */
record Part(int from, int to, boolean undo, boolean wrapped, boolean rollsBack, String unwrapping) {

    /** A file that nothing divides. */
    static Part whole(boolean undo, boolean wrapped) {
        return new Part(0, Integer.MAX_VALUE, undo, wrapped, true, "");
    }

    boolean holds(int offset) {
        return from <= offset && offset < to;
    }
}
