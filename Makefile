# The verbs of this repository; CONTRIBUTING.md explains them.
MVN ?= mvn -B -ntp

.PHONY: help build test unit format mutation bench docs evidence comparison clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## build the program without checks; ./pgattest does this by itself
	$(MVN) -q -P launcher package

test: ## everything that continuous integration checks: format, static analysis, all tests on real servers
	@config/test-tools.sh
	$(MVN) verify

unit: ## one test or a pattern of tests: make unit TEST=SequentialQuantileTestTest
	$(MVN) -q test -Dtest='$(TEST)' -Dsurefire.failIfNoSpecifiedTests=true

format: ## format all Java sources
	$(MVN) -q spotless:apply

mutation: ## mutation tests of the core
	$(MVN) -P mutation -DwithHistory test-compile org.pitest:pitest-maven:mutationCoverage

bench: ## performance figures as JSON lines: ratios against a baseline run beside them
	./pgattest --version >/dev/null && config/bench.sh

docs: ## rewrite the generated pages under docs/
	$(MVN) -q test -Dtest='DocsTest,*Page*Test,SystemReadmeTest,HealthComparisonTest' -Dpgattest.docs.update=true -Dsurefire.failIfNoSpecifiedTests=false

evidence: ## measure the reference systems again and rewrite their committed evidence
	./pgattest prove systems/skeldir --server embedded --load 60s
	./pgattest prove systems/chefcloud --server embedded
	./pgattest prove systems/litemaas --server embedded --growth 1,2,10
	./pgattest indexes ledger systems/skeldir --server embedded --scale 0.002
	./pgattest indexes ledger systems/chefcloud --server embedded
	./pgattest indexes ledger systems/litemaas --server embedded --scale 0.01

comparison: ## run another linter over the same files, and other health checks over the same database, for docs/comparison.md
	cd config/comparison && npm install --no-save --silent && node compare.mjs
	$(MVN) -q test -Dtest=HealthComparisonTest -Dsurefire.failIfNoSpecifiedTests=true

clean: ## remove what builds made
	$(MVN) -q clean
