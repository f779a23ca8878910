import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or rewrites the format of every Java and Kotlin file of the project.
 *
 * <p>{@code java Format.java check|write ROOT TOOLS}, where TOOLS holds google-java-format's and
 * ktlint's jars. Both tools need a newer JVM than the one Maven may run on, hence a program of its
 * own, run with the JDK that the build compiles with.
 */
public final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    boolean write = args[0].equals("write");
    Path root = Path.of(args[1]).toAbsolutePath().normalize();
    Path tools = Path.of(args[2]).toAbsolutePath();
    List<String> java = new ArrayList<>();
    List<String> kotlin = new ArrayList<>();
    collect(root, java, kotlin);

    boolean clean = true;
    if (!java.isEmpty()) {
      List<String> mode =
          write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed");
      Path list = Files.write(tools.resolve("java-files.txt"), java);
      clean &= run(root, tools.resolve("google-java-format.jar"), mode, List.of("@" + list));
    }
    if (!kotlin.isEmpty()) {
      List<String> mode =
          write ? List.of("--log-level=error", "--format") : List.of("--log-level=error");
      clean &= run(root, tools.resolve("ktlint.jar"), mode, kotlin);
    }
    if (!clean) {
      System.err.println(
          write
              ? "format: what is listed above must be changed by hand"
              : "format: the files above are not formatted; ./gradus format rewrites them");
      System.exit(1);
    }
  }

  private static void collect(Path root, List<String> java, List<String> kotlin)
      throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String name = dir.getFileName().toString();
            boolean skipped = !dir.equals(root) && (name.equals("target") || name.startsWith("."));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = root.relativize(file).toString();
            if (name.endsWith(".java")) {
              java.add(name);
            } else if (name.endsWith(".kt") || name.endsWith(".kts")) {
              kotlin.add(name);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    java.sort(null);
    kotlin.sort(null);
  }

  private static boolean run(Path root, Path jar, List<String> mode, List<String> files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(mode);
    command.addAll(files);
    return new ProcessBuilder(command).directory(root.toFile()).inheritIO().start().waitFor() == 0;
  }
}
