package dev.pgattest.health;

/** How the air in indexes is measured. */
public enum BloatReading {
    /** From statistics only. */
    ESTIMATED,
    /** All pages of B-trees are read, by {@code pgstattuple} where it is installed. */
    EXACT
}
