drop database if exists pgattest_lint_archive;
create database pgattest_lint_archive;
