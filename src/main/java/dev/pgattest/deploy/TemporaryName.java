package dev.pgattest.deploy;

import dev.pgattest.Sha256;
import dev.pgattest.Utf8;
import dev.pgattest.sql.Identifier;
import dev.pgattest.sql.QualifiedName;

/**
 * Names that a deployment gives to indexes for a while, or to those of partitions. They follow from the index's own name, so that a
 * later run finds what an earlier one left behind, and are never cut off by the server.
 */
final class TemporaryName {

    private static final int DIGEST_LETTERS = 8;

    private static final String NEW = "_pgattest_new";
    private static final String OLD = "_pgattest_old";

    private TemporaryName() {}

    /** Whether a name was made here for a replacement. */
    static boolean is(QualifiedName index) {
        return index.name().endsWith(NEW) || index.name().endsWith(OLD);
    }

    /** Of an index that is to take the place of another. */
    static QualifiedName ofNew(QualifiedName index) {
        return new QualifiedName(index.schema(), withSuffix(index.name(), NEW));
    }

    /** Of an index whose place was taken. */
    static QualifiedName ofOld(QualifiedName index) {
        return new QualifiedName(index.schema(), withSuffix(index.name(), OLD));
    }

    /**
     * Of a partition's part of an index, in the partition's schema.
     *
     * @param definition of the index, so that its successor's parts have other names
     */
    static QualifiedName ofPart(QualifiedName index, QualifiedName partition, String definition) {
        String digest = Sha256.hex(index.sql() + " " + partition.sql() + " " + definition);
        return new QualifiedName(
                partition.schema(), withSuffix(partition.name(), "_" + digest.substring(0, DIGEST_LETTERS) + "_idx"));
    }

    private static String withSuffix(String name, String suffix) {
        if (Identifier.fits(name + suffix)) {
            return name + suffix;
        }
        String end = "_" + Sha256.hex(name).substring(0, DIGEST_LETTERS) + suffix;
        return cut(name, Identifier.LONGEST_BYTES - Utf8.length(end)) + end;
    }

    private static String cut(String name, int bytes) {
        int length = 0;
        int used = 0;
        while (length < name.length()) {
            int character = name.codePointAt(length);
            used += Utf8.length(character);
            if (used > bytes) {
                break;
            }
            length += Character.charCount(character);
        }
        return name.substring(0, length);
    }
}
