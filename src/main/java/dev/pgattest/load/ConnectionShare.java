package dev.pgattest.load;

import java.util.List;

/** How connections are shared when there are fewer than the queries want together. */
public final class ConnectionShare {

    private ConnectionShare() {}

    /**
     * The largest number that everybody may have: those who want less get what they want, and the sum stays within what there is (max-min
     * fairness). A share in proportion would leave one connection to a query that wants five beside others that want fifty, and what it
     * then waits for is not what the workload declares.
     *
     * @param wanted by each, at least 1
     * @param all connections
     * @return at least 1, even if that is too many
     */
    public static int largest(List<Integer> wanted, int all) {
        int share = 1;
        while (share < all && sum(wanted, share + 1) <= all) {
            share++;
        }
        return share;
    }

    private static long sum(List<Integer> wanted, int share) {
        return wanted.stream().mapToLong(each -> Math.min(each, share)).sum();
    }
}
