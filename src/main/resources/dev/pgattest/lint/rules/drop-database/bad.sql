drop database pgattest_lint_archive;
