import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs every example as a user would, each in a process of its own, and fails if one does.
 *
 * <p>{@code java Examples.java ROOT DSL_JAR}; the class paths are those that the build left in the
 * folder of the jar. An example without its data says NOT RUN, and so does this. Long ones run for
 * one epoch.
 */
public final class Examples {
  private static final Map<String, List<String>> ARGUMENTS =
      Map.of("mnist.gradus.kts", List.of("1"), "Mnist.java", List.of("1"));

  private Examples() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Path jar = Path.of(args[1]).toAbsolutePath();
    Path target = jar.getParent();
    String classes = jar + File.pathSeparator + Files.readString(target.resolve("runtime.cp"));
    Path work = Files.createDirectories(target.resolve("examples"));
    List<Path> files;
    try (Stream<Path> all = Files.list(root.resolve("examples"))) {
      files =
          all.filter(f -> f.toString().endsWith(".java") || f.toString().endsWith(".gradus.kts"))
              .sorted()
              .toList();
    }
    Map<String, String> results = new TreeMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      System.out.println("== " + name);
      results.put(name, run(file, command(file, classes, target), work, root));
    }
    results.forEach((name, result) -> System.out.printf("%-24s %s%n", name, result));
    if (files.isEmpty() || results.values().stream().anyMatch(r -> r.startsWith("FAILED"))) {
      System.exit(1);
    }
  }

  private static List<String> command(Path file, String classes, Path target) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
    if (file.toString().endsWith(".java")) {
      command.addAll(List.of("-cp", classes));
    } else {
      command.add("-Dgradus.compiler.classpath=" + Files.readString(target.resolve("compiler.cp")));
      command.addAll(List.of("-cp", classes, "io.gradus.script.Launcher"));
    }
    command.add(file.toString());
    command.addAll(ARGUMENTS.getOrDefault(file.getFileName().toString(), List.of()));
    return command;
  }

  private static String run(Path file, List<String> command, Path work, Path root)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Path output = work.resolve(file.getFileName() + ".txt");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    process.environment().put("GRADUS_CACHE", work.resolve("cache").toString());
    // The examples look below the folder they are started in, which is another one here.
    for (Path data : List.of(root.resolve("data"), root.resolve("../shared/data").normalize())) {
      if (Files.isDirectory(data)) {
        process.environment().putIfAbsent("GRADUS_DATA", data.toString());
      }
    }
    int code = process.start().waitFor();
    String text = Files.readString(output);
    System.out.println(text);
    if (code != 0) {
      return "FAILED with exit code " + code;
    }
    return text.lines()
        .filter(line -> line.startsWith("NOT RUN"))
        .findFirst()
        .orElse("ran, %.1f s".formatted((System.nanoTime() - begin) / 1e9));
  }
}
