package dev.pgattest.benchmark;

import dev.pgattest.dataset.Dataset;
import dev.pgattest.dataset.DatasetBinding;
import dev.pgattest.dataset.DatasetSize;
import dev.pgattest.dataset.DatasetSpec;
import dev.pgattest.document.Document;
import dev.pgattest.postgres.Connections;
import dev.pgattest.postgres.Migrations;
import dev.pgattest.postgres.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The reference system that the figures are measured on. */
final class ReferenceSystem {

    private static final Path FOLDER = Path.of("systems", "skeldir");

    private ReferenceSystem() {}

    /** Its dataset at a scale. */
    static Dataset dataset(String scale) {
        try {
            String text = Files.readString(FOLDER.resolve("dataset.yaml"));
            Document document = Document.parse("dataset.yaml", text).orThrow();
            DatasetSpec spec = Objects.requireNonNull(
                    DatasetBinding.bind(document.root(), document::problem).spec());
            return Dataset.of(spec, spec.profiles().get(0).name(), DatasetSize.ofScale(scale));
        } catch (IOException e) {
            throw new IllegalStateException("run it in the root of the repository", e);
        }
    }

    /** Connections to a new database of that name, with its schema. */
    static Connections database(Connections server, String name) {
        try (Session session = server.open()) {
            session.execute("drop database if exists " + name);
            session.execute("create database " + name + " template template0 encoding 'UTF8'");
        }
        Connections database = server.to(name);
        Migrations.run(database.settings(), FOLDER.resolve("migrations").toAbsolutePath(), "migrations");
        return database;
    }
}
