#!/bin/sh
# Prints figures of speed and memory as JSON lines. ./pgattest --version must have built the program.
# usage: config/bench.sh [scale [rounds [start|generate|copy|script|prove|heap|lint|health|writers|rehearsal|load ...]]]
set -eu
cd "$(dirname "$0")/.."
classes=target/benchmark
mkdir -p "$classes"
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -d "$classes" -cp target/pgattest.jar \
    src/test/java/dev/pgattest/benchmark/*.java
scale=${1:-0.004}
rounds=${2:-5}
if [ $# -gt 2 ]; then shift 2; else set --; fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xms256m -Xmx256m -XX:+UseSerialGC -cp "$classes:target/pgattest.jar" \
    dev.pgattest.benchmark.Bench "$scale" "$rounds" "$@"
