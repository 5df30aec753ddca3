package dev.pgattest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgattest.evidence.JsonbColumn;
import dev.pgattest.testing.TestCluster;
import org.junit.jupiter.api.Test;

class JsonbColumnsTest {

    @Test
    void finds_columns_of_the_type_and_of_domains_over_it_once_for_all_partitions() {
        try (Session session = TestCluster.freshDatabase().open()) {
            session.execute("create schema \"Odd.Schema\"");
            session.execute("create domain document as jsonb");
            session.execute("create domain checked as document check (value is not null)");
            session.execute(
                    "create table \"Odd.Schema\".\"T\" (a json, \"B \"\"x\"\"\" jsonb, c checked, gone jsonb, e text)");
            session.execute("alter table \"Odd.Schema\".\"T\" drop column gone");
            session.execute("create table p (at date, payload jsonb) partition by range (at)");
            session.execute("create table p1 partition of p for values from ('2024-01-01') to ('2024-02-01')");
            session.execute("create materialized view m as select payload from p");
            session.execute("create view v as select payload from p");
            session.execute("set search_path = ''");

            assertThat(Catalog.jsonbColumns(session))
                    .containsExactly(
                            new JsonbColumn("\"Odd.Schema\".\"T\"", "B \"x\""),
                            new JsonbColumn("\"Odd.Schema\".\"T\"", "c"),
                            new JsonbColumn("public.m", "payload"),
                            new JsonbColumn("public.p", "payload"));
        }
    }
}
