refresh materialized view concurrently sales;
