package io.gradus.benchmarks.run;

import io.gradus.benchmarks.Library;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JVMs that measure a library: their class paths, flags and environment. */
final class Jvm {
  /** The folder with the peers' modules and the script. */
  private static final Path HOME = Path.of(System.getProperty("gradus.bench.home", "benchmarks"));

  private static final List<String> COMMON =
      List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

  /** What {@code ./gradus} starts programs with: some of it suits Gradus alone. */
  private static final List<String> LAUNCHER =
      List.of(System.getProperty("gradus.bench.flags", String.join(" ", COMMON)).split(" +"));

  private Jvm() {}

  static Path home() {
    return HOME;
  }

  /** What the JVM of a library is started with, beyond the library's own flags. */
  static List<String> flags(Library library) {
    if (library == Library.GRADUS) {
      return LAUNCHER;
    }
    List<String> flags = new ArrayList<>(COMMON);
    if (Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage/enabled"))) {
      flags.add("-XX:+UseTransparentHugePages");
    }
    return flags;
  }

  /** What JVMs are started with of which the start itself is measured: no more than is needed. */
  static List<String> startFlags() {
    return COMMON;
  }

  /** A library's flags, and room for the largest rows. */
  static List<String> rowFlags(Library library) {
    List<String> flags = new ArrayList<>(flags(library));
    flags.add("-Xmx8g");
    return flags;
  }

  /**
   * A process that will run a class of this module.
   *
   * @throws IOException if the library is not built
   */
  static ProcessBuilder process(
      Library library, List<String> flags, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(library.flags());
    // another run of the same machine is the user's to avoid
    command.add("-Djmh.ignoreLock=true");
    command.add("-cp");
    command.add(classPath(library));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    environment(builder.environment());
    return builder;
  }

  /** As many threads as Gradus has, in one pool where there can be one. */
  static void environment(Map<String, String> environment) {
    String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
    environment.put("OMP_NUM_THREADS", cores);
    environment.put("MKL_NUM_THREADS", cores);
    environment.put("OPENBLAS_NUM_THREADS", cores);
    environment.put("MKL_THREADING_LAYER", "GNU");
    // DJL asks nobody and tells nobody
    environment.put("DJL_OFFLINE", "true");
    environment.put("OPT_OUT_TRACKING", "true");
  }

  private static String classPath(Library library) throws IOException {
    if (library.folder().isEmpty()) {
      return System.getProperty("java.class.path");
    }
    Path target = HOME.resolve("peers").resolve(library.folder()).resolve("target");
    Path jars = target.resolve("runtime.cp");
    if (!Files.exists(jars)) {
      throw new IOException(
          "its jars are missing: the build of benchmarks/peers/" + library.folder() + " failed");
    }
    return target.resolve("classes") + File.pathSeparator + Files.readString(jars).trim();
  }
}
