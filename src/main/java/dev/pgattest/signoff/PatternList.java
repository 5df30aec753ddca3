package dev.pgattest.signoff;

/** Patterns as SSH's configuration has them (PATTERNS in ssh_config(5)): comma-separated, {@code *}, {@code ?}, {@code !}. */
final class PatternList {

    private PatternList() {}

    /** Whether a pattern of the list matches and none that begins with {@code !} does. */
    static boolean matches(String list, String text) {
        boolean matched = false;
        for (String pattern : list.split(",", -1)) {
            boolean negated = pattern.startsWith("!");
            if (matchesOne(negated ? pattern.substring(1) : pattern, text)) {
                if (negated) {
                    return false;
                }
                matched = true;
            }
        }
        return matched;
    }

    /** Goes back to the last {@code *} only, which takes no more than the product of both lengths. */
    private static boolean matchesOne(String pattern, String text) {
        int at = 0;
        int next = 0;
        int star = -1;
        int retry = 0;
        while (next < text.length()) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
            if (at < pattern.length() && wanted == '*') {
                star = at++;
                retry = next;
            } else if (at < pattern.length() && (wanted == '?' || wanted == text.charAt(next))) {
                at++;
                next++;
            } else if (star >= 0) {
                at = star + 1;
                next = ++retry;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(rest -> rest == '*');
    }
}
