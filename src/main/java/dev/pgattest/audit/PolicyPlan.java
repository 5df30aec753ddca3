package dev.pgattest.audit;

/**
 * How the planner finds the rows that policies admit, when it may not read the whole table.
 *
 * @param table id of the table
 * @param role of the application
 * @param usesIndex whether it looks the tenant column up in an index
 * @param filter what it asks of every row instead, as the plan says; empty for nothing
 */
public record PolicyPlan(long table, String role, boolean usesIndex, String filter) {}
