package dev.pgattest.dataset;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns checked declarations into generators. The same declaration gives the same values in every form of cell. */
final class GeneratorCompiler {

    private static final Comparator<String> JSONB_KEY_ORDER = Comparator.<String>comparingInt(
                    key -> CellForm.utf8(key).length)
            .thenComparing(CellForm::utf8, java.util.Arrays::compareUnsigned);
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final String ROW = "{row}";

    private final Map<String, TableLayout> tables;
    private final TableSizes sizes;

    GeneratorCompiler(Map<String, TableLayout> tables, TableSizes sizes) {
        this.tables = tables;
        this.sizes = sizes;
    }

    /** What a column's generator is made from: its table, its seed, its type and how its cells are written. */
    private record Place(TableLayout table, long seed, ColumnType type, CellForm.Kind kind) {

        CellForm form() {
            return kind.of(type);
        }

        long seed(String purpose) {
            return Mix64.derive(seed, purpose);
        }

        Place in(String name, ColumnType memberType) {
            return new Place(table, seed(name), memberType, CellForm.Kind.JSON);
        }
    }

    Generator column(TableLayout table, String name, CellForm.Kind kind) {
        ColumnSpec spec = table.spec().column(name).orElseThrow();
        return column(new Place(table, Mix64.derive(table.seed(), name), spec.type(), kind), spec);
    }

    private Generator column(Place place, ColumnSpec spec) {
        Generator generator = generator(place, spec.generator());
        if (spec.nullShare().signum() > 0) {
            long below =
                    spec.nullShare().multiply(new BigDecimal(Long.MAX_VALUE)).longValue();
            generator = new SimpleGenerators.Sometimes(generator, place.form(), place.seed("null"), below);
        }
        ColumnSpec.Condition when = spec.when();
        if (when == null) {
            return generator;
        }
        CellForm other = CellForm.Kind.BINARY.of(
                place.table.spec().column(when.column()).orElseThrow().type());
        byte[][] cells = when.values().stream().map(other::literal).toArray(byte[][]::new);
        Generator condition = column(place.table, when.column(), CellForm.Kind.BINARY);
        LinkedGenerators.Condition holds = condition instanceof SimpleGenerators.Choice chosen
                ? LinkedGenerators.Chooses.oneOf(chosen, cells)
                : new LinkedGenerators.HasCell(condition, cells);
        return new LinkedGenerators.OnlyWhen(generator, place.form(), holds);
    }

    private Generator fromParent(Place place, String column) {
        int memory = place.table.placeOfMemory(place.seed("parent's " + column + " as " + place.kind));
        return new LinkedGenerators.FromParent(column(place.table.parent(), column, place.kind), memory);
    }

    private Generator generator(Place place, GeneratorSpec spec) {
        if (spec instanceof GeneratorSpec.Identifier identifier) {
            return identifier(place, identifier);
        } else if (spec instanceof GeneratorSpec.Constant constant) {
            return cycle(place, List.of(constant.value()));
        } else if (spec instanceof GeneratorSpec.Cycle cycle) {
            return cycle(place, cycle.values());
        } else if (spec instanceof GeneratorSpec.Uniform uniform) {
            return uniform(place, uniform);
        } else if (spec instanceof GeneratorSpec.Choice choice) {
            return choice(place, choice);
        } else if (spec instanceof GeneratorSpec.Zipf zipf) {
            return zipf(place, zipf);
        } else if (spec instanceof GeneratorSpec.Template template) {
            return template(place, template);
        } else if (spec instanceof GeneratorSpec.Characters characters) {
            return characters(place, characters);
        } else if (spec instanceof GeneratorSpec.Json json) {
            return object(place, json);
        } else if (spec instanceof GeneratorSpec.JsonArray array) {
            return array(place, array);
        }
        return linked(place, spec);
    }

    private Generator linked(Place place, GeneratorSpec spec) {
        if (spec instanceof GeneratorSpec.Parent parent) {
            return fromParent(place, parent.column());
        } else if (spec instanceof GeneratorSpec.Copy copy) {
            return column(place.table, copy.column(), place.kind);
        } else if (spec instanceof GeneratorSpec.Reference reference) {
            return reference(place, reference);
        } else if (spec instanceof GeneratorSpec.Time time) {
            DayVolumes days = new DayVolumes(
                    time, place.seed("days"), place.table.origin().rows());
            long unitsPerDay = place.type.kind() == ColumnType.Kind.DATE ? 1 : MICROS_PER_DAY;
            var instants =
                    new TimeGenerators.Instants(place.seed, days, unitsPerDay, place.table.placeOfMemory(place.seed));
            return new TimeGenerators.InRowOrder(place.form(), instants);
        } else if (spec instanceof GeneratorSpec.After after) {
            return after(place, after);
        } else if (spec instanceof GeneratorSpec.Ratio) {
            return new ShareGenerators.Ratio(place.form(), boundaries(place, place.seed, place.type.scale()));
        } else if (spec instanceof GeneratorSpec.Split split) {
            return split(place, split);
        }
        throw new IllegalStateException("no generator for " + spec);
    }

    private static Generator identifier(Place place, GeneratorSpec.Identifier identifier) {
        CellForm form = place.form();
        if (place.type.kind() == ColumnType.Kind.UUID) {
            return new SimpleGenerators.UniqueUuid(form, place.seed, place.seed("other"));
        }
        return place.type.isText()
                ? new SimpleGenerators.UniqueText(form, place.seed, form.piece(identifier.prefix()))
                : new SimpleGenerators.RowNumber(form);
    }

    private static Generator uniform(Place place, GeneratorSpec.Uniform uniform) {
        long min = place.type.number(uniform.min()).orElseThrow();
        long max = place.type.number(uniform.max()).orElseThrow();
        return new SimpleGenerators.Uniform(place.form(), place.seed, min, max);
    }

    private static Generator cycle(Place place, List<String> values) {
        return new SimpleGenerators.Cycle(new CellTable(cells(place, values)), numbers(place, values));
    }

    private static Generator choice(Place place, GeneratorSpec.Choice choice) {
        List<String> values =
                choice.values().stream().map(GeneratorSpec.Weighted::value).toList();
        double[] weights = choice.values().stream()
                .mapToDouble(weighted -> weighted.weight().doubleValue())
                .toArray();
        return chosen(place, values, weights);
    }

    private static Generator zipf(Place place, GeneratorSpec.Zipf zipf) {
        ShareGroup.Decline decline = new ShareGroup.Decline(ShareGroup.Shape.ZIPF, zipf.exponent());
        double[] weights = new double[zipf.values().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = decline.weight(i, weights.length);
        }
        return chosen(place, zipf.values(), weights);
    }

    private static Generator chosen(Place place, List<String> values, double[] weights) {
        return new SimpleGenerators.Choice(
                place.seed, new WeightedIndex(weights), cells(place, values), numbers(place, values));
    }

    private static byte[][] cells(Place place, List<String> values) {
        return values.stream().map(place.form()::literal).toArray(byte[][]::new);
    }

    private static long[] numbers(Place place, List<String> values) {
        return place.type.isNumber()
                ? values.stream()
                        .mapToLong(value -> place.type.number(value).orElseThrow())
                        .toArray()
                : new long[0];
    }

    private static Generator template(Place place, GeneratorSpec.Template template) {
        CellForm form = place.form();
        List<byte[]> pieces = new ArrayList<>();
        int start = 0;
        for (int end = template.text().indexOf(ROW);
                end >= 0;
                end = template.text().indexOf(ROW, start)) {
            pieces.add(form.piece(template.text().substring(start, end)));
            start = end + ROW.length();
        }
        pieces.add(form.piece(template.text().substring(start)));
        return new SimpleGenerators.Template(form, pieces.toArray(byte[][]::new));
    }

    private static Generator characters(Place place, GeneratorSpec.Characters characters) {
        CellForm form = place.form();
        var length = new TimeGenerators.Uniformly(place.seed("length"), characters.min(), characters.max());
        if (characters.words().isEmpty()) {
            return new TextGenerators.Letters(form, length, letters(form, characters.alphabet()), place.seed);
        }
        byte[][][] words =
                characters.words().stream().map(word -> letters(form, word)).toArray(byte[][][]::new);
        return new TextGenerators.Words(form, length, words, place.seed);
    }

    private static byte[][] letters(CellForm form, String text) {
        return text.codePoints()
                .mapToObj(letter -> form.piece(Character.toString(letter)))
                .toArray(byte[][]::new);
    }

    private Generator object(Place place, GeneratorSpec.Json json) {
        List<ColumnSpec> members = json.members().stream()
                .sorted(Comparator.comparing(ColumnSpec::name, JSONB_KEY_ORDER))
                .toList();
        byte[][] pieces = new byte[members.size()][];
        Generator[] generators = new Generator[members.size()];
        for (int i = 0; i < pieces.length; i++) {
            ColumnSpec member = members.get(i);
            pieces[i] = CellForm.utf8((i == 0 ? "{\"" : ", \"") + JsonForm.escaped(member.name()) + "\": ");
            generators[i] = column(place.in(member.name(), member.type()), member);
        }
        byte[] end = CellForm.utf8(members.isEmpty() ? "{}" : "}");
        return new TextGenerators.JsonObject(place.form(), new CellTable(pieces), generators, end);
    }

    private Generator array(Place place, GeneratorSpec.JsonArray array) {
        Generator[] elements = new Generator[array.max()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = column(place.in("[" + i + "]", array.element().type()), array.element());
        }
        var length = new TimeGenerators.Uniformly(place.seed("length"), array.min(), array.max());
        return new TextGenerators.JsonArray(place.form(), length, elements);
    }

    private Generator reference(Place place, GeneratorSpec.Reference reference) {
        TableLayout target = Objects.requireNonNull(tables.get(reference.table()));
        Generator column = column(target, reference.column(), place.kind);
        RowPicker picker = sizes.picker(reference);
        return new LinkedGenerators.FromReference(column, picker, place.seed, place.table.placeOf(target));
    }

    private Generator after(Place place, GeneratorSpec.After after) {
        Generator base =
                after.ofParent() ? fromParent(place, after.column()) : column(place.table, after.column(), place.kind);
        boolean inDays = place.type.kind() == ColumnType.Kind.DATE;
        long min = inDays ? after.min().toDays() : after.min().toNanos() / 1000;
        long max = inDays ? after.max().toDays() : after.max().toNanos() / 1000;
        return new TimeGenerators.Delayed(place.form(), base, new TimeGenerators.Uniformly(place.seed, min, max));
    }

    private Generator split(Place place, GeneratorSpec.Split split) {
        Generator amount = fromParent(place, split.column());
        if (split.by() == null) {
            return new ShareGenerators.Split(place.form(), boundaries(place, place.seed, 9), amount);
        }
        ColumnType ratio = place.table.spec().column(split.by()).orElseThrow().type();
        long ratioSeed = Mix64.derive(place.table.seed(), split.by());
        return new ShareGenerators.Split(place.form(), boundaries(place, ratioSeed, ratio.scale()), amount);
    }

    private static ShareGenerators.Boundaries boundaries(Place place, long seed, int scale) {
        return new ShareGenerators.Boundaries(seed, NumericBinary.powerOfTen(scale), place.table.placeOfMemory(seed));
    }
}
