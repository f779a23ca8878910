package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** NVIDIA's {@code ptxas}, where it is installed. */
final class Assembler {
  private final Path program;

  private Assembler(Path program) {
    this.program = program;
  }

  /** Looks in the search path and where CUDA is usually installed. */
  static java.util.Optional<Assembler> find() {
    List<Path> folders = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      folders.add(Path.of(folder));
    }
    folders.add(Path.of("/usr/local/cuda/bin"));
    return folders.stream()
        .map(folder -> folder.resolve("ptxas"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Assembler::new);
  }

  /**
   * Assembles all sources, as few modules, for an architecture.
   *
   * @return what ptxas had to say, empty if all was well
   */
  String assemble(Collection<PtxSource> sources, String architecture) throws IOException {
    StringBuilder complaints = new StringBuilder();
    for (String module : JoinedModules.of(sources)) {
      complaints.append(assemble(module, architecture));
    }
    return complaints.toString();
  }

  private String assemble(String module, String architecture) throws IOException {
    Path folder = Files.createTempDirectory("ptx");
    Path text = folder.resolve("kernels.ptx");
    Path binary = folder.resolve("kernels.cubin");
    try {
      Files.writeString(text, module);
      Process process =
          new ProcessBuilder(
                  program.toString(),
                  "-O1",
                  "-arch",
                  architecture,
                  text.toString(),
                  "-o",
                  binary.toString())
              .redirectErrorStream(true)
              .start();
      String output =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      int status = process.waitFor();
      return status == 0 ? "" : architecture + ": " + output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(text);
      Files.deleteIfExists(binary);
      Files.deleteIfExists(folder);
    }
  }
}
