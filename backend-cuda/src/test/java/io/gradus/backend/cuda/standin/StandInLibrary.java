package io.gradus.backend.cuda.standin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The library {@code libcuda.so.1}, compiled from its one file of C. */
final class StandInLibrary {
  private StandInLibrary() {}

  /** The compiler that there is, if any: {@code CC}, or one of the usual names. */
  static Optional<String> compiler() {
    List<String> names = new ArrayList<>();
    String chosen = System.getenv("CC");
    if (chosen != null) {
      names.add(chosen);
    }
    names.addAll(List.of("cc", "gcc", "clang"));
    for (String name : names) {
      for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
        if (Files.isExecutable(Path.of(folder).resolve(name))) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  /** Compiles it into a folder of its own. */
  static Path compile(String compiler) {
    try {
      Path folder = Files.createTempDirectory("gradus-standin-");
      folder.toFile().deleteOnExit();
      Path source = folder.resolve("libcuda.c");
      Path library = folder.resolve("libcuda.so.1");
      source.toFile().deleteOnExit();
      library.toFile().deleteOnExit();
      try (InputStream in = StandInLibrary.class.getResourceAsStream("libcuda.c")) {
        Files.copy(java.util.Objects.requireNonNull(in, "libcuda.c"), source);
      }
      Process process =
          new ProcessBuilder(
                  compiler,
                  "-O1",
                  "-shared",
                  "-fPIC",
                  "-Wl,-soname,libcuda.so.1",
                  "-o",
                  library.toString(),
                  source.toString())
              .redirectErrorStream(true)
              .start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(compiler + " refuses libcuda.c: " + said);
      }
      return library;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
