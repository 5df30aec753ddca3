alter database pgattest_lint_archive with allow_connections false;
