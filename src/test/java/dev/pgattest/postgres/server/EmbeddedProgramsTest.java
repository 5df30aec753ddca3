package dev.pgattest.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedProgramsTest {

    @TempDir
    Path cache;

    @Test
    void two_that_unpack_at_once_end_with_the_same_programs_and_nothing_else() throws Exception {
        Path stale = Files.createDirectory(cache.resolve(".unpacking-999999999-1"));
        CompletableFuture<Programs> first = CompletableFuture.supplyAsync(this::unpack);
        CompletableFuture<Programs> second = CompletableFuture.supplyAsync(this::unpack);

        assertThat(first.get()).isEqualTo(second.get());
        assertThat(first.get().version().major()).isEqualTo(18);
        assertThat(stale).doesNotExist();
        try (var entries = Files.list(cache)) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void the_cache_is_where_the_users_caches_are() {
        assertThat(List.of(
                        EmbeddedPrograms.userCache("/xdg", Path.of("/home/u")),
                        EmbeddedPrograms.userCache("relative", Path.of("/home/u")),
                        EmbeddedPrograms.userCache(null, Path.of("/home/u"))))
                .containsExactly(
                        Path.of("/xdg/pgattest"),
                        Path.of("/home/u/.cache/pgattest"),
                        Path.of("/home/u/.cache/pgattest"));
    }

    private Programs unpack() {
        return new EmbeddedPrograms(cache, notice -> {}).programs();
    }
}
