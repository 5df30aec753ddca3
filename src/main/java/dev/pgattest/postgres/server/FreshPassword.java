package dev.pgattest.postgres.server;

import dev.pgattest.postgres.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes passwords that nobody can guess. */
final class FreshPassword {

    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private FreshPassword() {}

    /** 192 random bits as letters, digits, minus and underscore. */
    static Secret create() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
