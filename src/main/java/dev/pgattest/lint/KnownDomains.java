package dev.pgattest.lint;

import dev.pgattest.sql.ParseNode;
import dev.pgattest.sql.QualifiedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The domains that the files have made: what they are domains of, and what constrains them. */
final class KnownDomains {

    private static final String NOT_NULL = " not null";

    private final Map<QualifiedName, Domain> domains = new HashMap<>();

    /**
     * A domain.
     *
     * @param base the type as {@link TypeNames} writes it
     * @param constraints their names
     */
    record Domain(String base, Set<String> constraints) {
        Domain {
            constraints = Set.copyOf(constraints);
        }

        boolean isConstrained() {
            return !constraints.isEmpty();
        }
    }

    void putAll(KnownDomains other) {
        domains.putAll(other.domains);
    }

    Optional<Domain> find(QualifiedName name) {
        return Optional.ofNullable(domains.get(name));
    }

    /** {@code CREATE DOMAIN} and {@code ALTER DOMAIN}. */
    void apply(QualifiedName name, ParseNode node) {
        if (node.is("CreateDomainStmt")) {
            domains.put(name, new Domain(TypeNames.text(node.child("typeName")), Set.of()));
            node.list("constraints").forEach(each -> constrain(name, each));
            return;
        }
        switch (node.text("subtype")) {
            case "C" -> constrain(name, node.child("def"));
            case "X" -> change(name, node.text("name"), false);
            case "O" -> change(name, NOT_NULL, true);
            case "N" -> change(name, NOT_NULL, false);
            default -> {}
        }
    }

    void remove(QualifiedName name) {
        domains.remove(name);
    }

    private void constrain(QualifiedName name, ParseNode constraint) {
        if (constraint.text("contype").equals("CONSTR_NOTNULL")) {
            change(name, NOT_NULL, true);
        } else if (constraint.text("contype").equals("CONSTR_CHECK")) {
            String given = constraint.text("conname");
            change(name, given.isEmpty() ? name.name() + "_check" : given, true);
        }
    }

    private void change(QualifiedName name, String constraint, boolean added) {
        Domain domain = domains.get(name);
        if (domain != null) {
            Set<String> constraints = new HashSet<>(domain.constraints());
            if (added) {
                constraints.add(constraint);
            } else {
                constraints.remove(constraint);
            }
            domains.put(name, new Domain(domain.base(), constraints));
        }
    }
}
