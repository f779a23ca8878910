import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs every example as a user would, each in a process of its own, and fails if one does, or does
 * not reach what it should.
 *
 * <p>{@code java Examples.java ROOT DSL_JAR [NAME ...]}; the class paths are those that the build
 * left in the folder of the jar. An example without its data says NOT RUN, and so does this. Long
 * ones run for a shorter time than they do by default.
 */
public final class Examples {
  /** A number that the output names, and its bounds. */
  private record Goal(String words, double least, double most) {
    /** The last number after the words, if there is any. */
    List<Double> reached(String output) {
      return Pattern.compile(Pattern.quote(words) + "\\s+(-?[0-9.]+(e-?[0-9]+)?)")
          .matcher(output)
          .results()
          .map((MatchResult found) -> Double.parseDouble(found.group(1)))
          .toList();
    }
  }

  /** How an example is run, and what it must reach of what its output names. */
  private record Plan(List<String> arguments, List<Goal> goals) {}

  private static final Map<String, Plan> PLANS =
      Map.ofEntries(
          plan("Digits.java", List.of(), atLeast("test accuracy", 97)),
          plan("digits.gradus.kts", List.of(), atLeast("test accuracy", 97)),
          plan("Iris.java", List.of(), atLeast("test accuracy", 85)),
          plan("iris.gradus.kts", List.of(), atLeast("test accuracy", 85)),
          plan("Mlp.java", List.of("2"), atLeast("test accuracy", 96.5)),
          plan("mlp.gradus.kts", List.of(), atLeast("test accuracy", 97.5)),
          plan("Mnist.java", List.of("1"), atLeast("test accuracy", 98)),
          plan("mnist.gradus.kts", List.of(), atLeast("test accuracy", 99)),
          plan("maml.gradus.kts", List.of("2000"), atMost("error after one step", 1.3)),
          plan(
              "newton.gradus.kts",
              List.of(),
              atMost("gradient descent comes within", 1e-6),
              atMost("Newton's method took", 10)),
          plan("tour.gradus.kts", List.of(), new Goal("slope", 2.9, 3.1)),
          plan(
              "transformer.gradus.kts",
              List.of("400", "ROOT/examples/sonnets.txt"),
              atMost("validation loss", 2.1)),
          plan(
              "vae.gradus.kts",
              List.of("3"),
              atMost("test loss on MNIST", 113),
              atMost("test loss on the small digits", 27)));

  private static Map.Entry<String, Plan> plan(String name, List<String> arguments, Goal... goals) {
    return Map.entry(name, new Plan(arguments, List.of(goals)));
  }

  private static Goal atLeast(String words, double least) {
    return new Goal(words, least, Double.POSITIVE_INFINITY);
  }

  private static Goal atMost(String words, double most) {
    return new Goal(words, Double.NEGATIVE_INFINITY, most);
  }

  private Examples() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    Path jar = Path.of(args[1]).toAbsolutePath();
    Path target = jar.getParent();
    String classes = jar + File.pathSeparator + Files.readString(target.resolve("runtime.cp"));
    Path work = Files.createDirectories(target.resolve("examples"));
    List<String> wanted = List.of(args).subList(2, args.length);
    List<Path> files;
    try (Stream<Path> all = Files.list(root.resolve("examples"))) {
      files =
          all.filter(f -> f.toString().endsWith(".java") || f.toString().endsWith(".gradus.kts"))
              .filter(f -> wanted.isEmpty() || wanted.contains(f.getFileName().toString()))
              .sorted()
              .toList();
    }
    Map<String, String> results = new TreeMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      System.out.println("== " + name);
      results.put(name, run(file, command(file, classes, target, root), work, root));
    }
    results.forEach((name, result) -> System.out.printf("%-24s %s%n", name, result));
    if (files.isEmpty() || results.values().stream().anyMatch(r -> r.startsWith("FAILED"))) {
      System.exit(1);
    }
  }

  private static List<String> command(Path file, String classes, Path target, Path root)
      throws IOException {
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
    Plan plan = PLANS.get(file.getFileName().toString());
    if (plan == null) {
      throw new IllegalStateException("say in Examples.java what " + file + " must reach");
    }
    plan.arguments().forEach(argument -> command.add(argument.replace("ROOT", root.toString())));
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
        .orElseGet(
            () ->
                judged(PLANS.get(file.getFileName().toString()), text)
                    + ", %.1f s".formatted((System.nanoTime() - begin) / 1e9));
  }

  /** Of the goals at least one must be named by the output, and the last number of each must do. */
  private static String judged(Plan plan, String output) {
    StringBuilder reached = new StringBuilder();
    for (Goal goal : plan.goals()) {
      List<Double> numbers = goal.reached(output);
      if (!numbers.isEmpty()) {
        double last = numbers.getLast();
        if (!(last >= goal.least() && last <= goal.most())) {
          return "FAILED: %s %s, not from %s to %s"
              .formatted(goal.words(), last, goal.least(), goal.most());
        }
        reached.append(", ").append(goal.words()).append(' ').append(last);
      }
    }
    return reached.isEmpty() ? "FAILED: it says nothing of " + plan.goals() : "ran" + reached;
  }
}
