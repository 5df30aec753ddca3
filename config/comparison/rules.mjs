/** What pgattest finds where squawk finds something, by squawk's rule. */
export const COUNTERPARTS = {
  "adding-field-with-default": ["volatile-default-rewrite", "add-stored-generated-column", "add-serial-or-identity-column"],
  "adding-foreign-key-constraint": ["add-foreign-key-not-valid-missing"],
  "adding-not-nullable-field": ["set-not-null-scan", "add-not-null-column-without-default"],
  "adding-required-field": ["add-not-null-column-without-default"],
  "adding-serial-primary-key-field": ["add-primary-key-without-index", "add-serial-or-identity-column"],
  "ban-alter-domain-with-add-constraint": ["add-domain-constraint-not-valid-missing"],
  "ban-char-field": ["prefer-text"],
  "ban-concurrent-index-creation-in-transaction": ["concurrently-in-transaction", "concurrently-in-block"],
  "ban-create-domain-with-constraint": [],
  "ban-drop-column": ["drop-column"],
  "ban-drop-database": ["drop-database"],
  "ban-drop-not-null": ["drop-not-null"],
  "ban-drop-table": ["drop-table"],
  "ban-duplicate-column-assignments": ["duplicate-column-assignment"],
  "ban-truncate-cascade": ["truncate"],
  "ban-uncommitted-transaction": ["uncommitted-transaction"],
  "changing-column-type": ["alter-column-type-rewrite"],
  "constraint-missing-not-valid": [
    "add-check-not-valid-missing", "add-foreign-key-not-valid-missing", "add-exclusion-constraint", "set-not-null-scan",
    "add-primary-key-without-index", "add-unique-constraint-without-index", "validate-in-same-transaction",
  ],
  "disallowed-unique-constraint": ["add-unique-constraint-without-index", "add-primary-key-without-index"],
  "identifier-too-long": ["identifier-too-long"],
  "prefer-bigint-over-int": ["prefer-bigint-key"],
  "prefer-bigint-over-smallint": ["prefer-bigint-key"],
  "prefer-identity": ["prefer-identity"],
  "prefer-repack": ["vacuum-full", "cluster"],
  "prefer-robust-stmts": ["missing-if-exists", "unnamed-index"],
  "prefer-text-field": ["prefer-text"],
  "prefer-timestamp-tz": ["prefer-timestamptz"],
  "renaming-column": ["rename-column"],
  "renaming-table": ["rename-table"],
  "require-concurrent-index-creation": ["index-not-concurrent"],
  "require-concurrent-index-deletion": ["drop-index-not-concurrent"],
  "require-concurrent-partition-detach": ["detach-not-concurrent"],
  "require-concurrent-reindex": ["reindex-not-concurrent"],
  "require-enum-value-ordering": ["enum-value-ordering"],
  "require-lock-timeout": ["missing-lock-timeout", "zero-lock-timeout"],
  "require-statement-timeout": ["missing-statement-timeout"],
  "require-table-schema": ["unqualified-table"],
  "require-timeout-settings": ["missing-lock-timeout", "missing-statement-timeout"],
  "syntax-error": ["syntax-error"],
  "transaction-nesting": ["transaction-nesting"],
  "unused-ignore": ["unused-suppression"],
};

/** Why pgattest says nothing where squawk does, by squawk's rule. */
export const REASONS = {
  "changing-column-type": "the same file has made the table, so nobody waits for the change; of tables in use pgattest knows which changes rewrite nothing",
  "prefer-bigint-over-smallint": "pgattest asks for bigint where a column is a key; this one counts retries",
  "prefer-robust-stmts":
    "squawk asks for IF [NOT] EXISTS everywhere; pgattest not for concurrent builds, where it takes an invalid index for a good one, not in"
    + " transactions, not for the last statement of a file, behind which nothing can fail, and not for constraints, which have no IF NOT EXISTS",
  "prefer-text-field": "pgattest reports varchar(n) where a column is made, not where it is changed",
  "require-concurrent-index-creation": "the same file has made the table: it is empty, and nobody uses it yet",
  "require-lock-timeout":
    "pgattest asks for a lock_timeout where waiting stops traffic: not for concurrent builds, which a short one would leave invalid, not for"
    + " tables that the file has made, not for types and databases",
  "require-statement-timeout": "pgattest asks for a statement_timeout on request only (missing-statement-timeout): one that holds for a"
    + " concurrent build too leaves an invalid index",
};
