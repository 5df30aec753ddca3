package dev.pgattest.postgres.server;

import dev.pgattest.PgattestException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a TCP port that nobody listens on. Another process may take it before we do, so its users try again. */
final class FreePort {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private FreePort() {}

    static int find() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw PgattestException.environment(
                    "no TCP port of 127.0.0.1 is free: " + e.getMessage(), "allow programs to listen there", e);
        }
    }
}
