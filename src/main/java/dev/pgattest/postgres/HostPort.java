package dev.pgattest.postgres;

/**
 * Where a server listens.
 *
 * @param host name or address, without the brackets of IPv6
 * @param port TCP port, 1 to 65535
 */
public record HostPort(String host, int port) {

    public HostPort {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535: " + port);
        }
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
