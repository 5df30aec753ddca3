package dev.pgattest.dataset;

import dev.pgattest.PgattestException;
import dev.pgattest.Problem;
import dev.pgattest.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A dataset of a declared profile at a size: tables that can be written, in any order and by any number of threads. */
public final class Dataset {

    /** Changes when the same declaration begins to give other bytes. */
    public static final int GENERATOR_VERSION = 1;

    private final DatasetSpec spec;
    private final DatasetProfile profile;
    private final DatasetSize size;
    private final List<TableData> tables;
    private final List<DerivedTable> derived;

    private Dataset(DatasetSpec spec, DatasetProfile profile, DatasetSize size) {
        this.spec = spec;
        this.profile = profile;
        this.size = size;
        this.tables = build();
        this.derived = List.of();
    }

    private Dataset(Dataset generated, List<DerivedTable> derived) {
        this.spec = generated.spec;
        this.profile = generated.profile;
        this.size = generated.size;
        this.tables = generated.tables;
        this.derived = List.copyOf(derived);
    }

    /**
     * The dataset of the profile of that name.
     *
     * @throws PgattestException with every problem of the declaration and of the size
     */
    public static Dataset of(DatasetSpec spec, String profileName, DatasetSize size) {
        Locator locator = Locator.NOWHERE;
        List<Problem> problems = new ArrayList<>(DatasetCheck.problems(spec, locator));
        DatasetProfile profile = spec.profile(profileName).orElse(null);
        if (profile == null) {
            List<String> known =
                    spec.profiles().stream().map(DatasetProfile::name).toList();
            problems.add(Problem.ofInput(
                    "the dataset has no profile '" + profileName + "'", "its profiles: " + String.join(", ", known)));
            throw PgattestException.badInput(problems);
        }
        if (problems.isEmpty()) {
            problems.addAll(SizeCheck.problems(spec, profile, size, locator));
        }
        if (!problems.isEmpty()) {
            throw PgattestException.badInput(problems);
        }
        return new Dataset(spec, profile, size);
    }

    /** The same with tables that the server makes from them, in the order in which it does. */
    public Dataset with(List<DerivedTable> more) {
        return new Dataset(this, more);
    }

    /** The tables that are made from others, each after those that it needs. */
    public List<DerivedTable> derived() {
        return derived;
    }

    /** The generated tables, each after those that it refers to and otherwise in declared order: the order of foreign keys. */
    public List<TableData> tables() {
        return tables;
    }

    /** The table of that name, if the dataset has it. */
    public Optional<TableData> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** Draws rows of a table as often as other tables refer to them. */
    public RowDraw draw(String table) {
        return RowDraw.of(spec, new TableSizes(spec, profile, size), table);
    }

    /**
     * The column of a table whose values are those of a column of another one, directly or through a parent or a copy; empty when there
     * is none.
     */
    public Optional<String> referringColumn(String table, String otherTable, String otherColumn) {
        return spec.table(table).stream()
                .flatMap(found -> found.columns().stream())
                .filter(column -> refers(table, column, otherTable, otherColumn))
                .map(ColumnSpec::name)
                .findFirst();
    }

    private boolean refers(String table, ColumnSpec column, String otherTable, String otherColumn) {
        GeneratorSpec generator = column.generator();
        if (generator instanceof GeneratorSpec.Reference reference) {
            return reference.table().equals(otherTable) && reference.column().equals(otherColumn);
        }
        TableSpec spec = this.spec.table(table).orElseThrow();
        if (generator instanceof GeneratorSpec.Copy copy) {
            return spec.column(copy.column())
                    .filter(source -> refers(table, source, otherTable, otherColumn))
                    .isPresent();
        }
        String parent = spec.rows().parent().orElse("");
        return generator instanceof GeneratorSpec.Parent of
                && ((parent.equals(otherTable) && of.column().equals(otherColumn))
                        || this.spec
                                .table(parent)
                                .flatMap(found -> found.column(of.column()))
                                .filter(source -> refers(parent, source, otherTable, otherColumn))
                                .isPresent());
    }

    /** The table that the profile's members are the rows of; empty when it names none. */
    public Optional<TableData> members() {
        return Optional.ofNullable(profile.members()).flatMap(this::table);
    }

    /** The profile that was asked for. */
    public DatasetProfile profile() {
        return profile;
    }

    /** The size that was asked for. */
    public DatasetSize size() {
        return size;
    }

    /** How many rows all tables have together. */
    public long rows() {
        return tables.stream().mapToLong(TableData::rows).sum();
    }

    /**
     * Tables whose declared rows times the scale is no whole number, with that number: their size was rounded, so it does not
     * grow as the scale does.
     */
    public Map<String, BigDecimal> fractionalRows() {
        Map<String, BigDecimal> fractional = new LinkedHashMap<>();
        for (TableSpec table : spec.tables()) {
            BigDecimal declared = BigDecimal.valueOf(profile.rows().getOrDefault(table.name(), 1L));
            BigDecimal scaled = declared.multiply(size.scale()).stripTrailingZeros();
            boolean own =
                    table.rows() instanceof RowRule.Own && !profile.fixed().contains(table.name());
            if (own && scaled.scale() > 0) {
                fractional.put(table.name(), scaled);
            }
        }
        return fractional;
    }

    /** SHA-256, in hexadecimal, of all that the rows depend on: two datasets with the same digest have the same rows. */
    public String definitionDigest() {
        String text = CanonicalText.of(List.of("pgattest dataset", GENERATOR_VERSION, spec.tables(), profile, size));
        String queries = derived.stream()
                .map(table ->
                        table.name() + " " + Sha256.hex(table.query().text().replace("\r\n", "\n")) + "\n")
                .collect(Collectors.joining());
        return Sha256.hex((text + queries).getBytes(StandardCharsets.UTF_8));
    }

    private List<TableData> build() {
        TableSizes sizes = new TableSizes(spec, profile, size);
        Map<String, TableLayout> layouts = new LinkedHashMap<>();
        for (TableSpec table : TableOrder.parentsFirst(spec.tables())) {
            TableLayout parent = table.rows().parent().map(layouts::get).orElse(null);
            long seed = Mix64.derive(profile.seed(), table.name());
            layouts.put(table.name(), new TableLayout(table, seed, sizes.origin(table), parent));
        }
        GeneratorCompiler compiler = new GeneratorCompiler(layouts, sizes);
        return layouts.values().stream()
                .map(layout -> new TableData(layout, compiler))
                .toList();
    }
}
