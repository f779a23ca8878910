package io.gradus.backend.cuda.ptx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each text for the architecture that it is written for, and every form of instruction for newer
 * ones, with the compiler library that JCuda brings along.
 */
class PtxCompilerTest {
  private static final String LIBRARY = "/lib/libJNvPTXCompiler-12.6.0-linux-x86_64.so";
  private static final int PROCESSES = 2;

  @TempDir private Path folder = Path.of(".");

  @ParameterizedTest
  @ValueSource(strings = {"sm_70", "sm_80", "sm_90"})
  @DisplayName(
      "everything that the planner writes compiles, for newer architectures every instruction")
  void compiles(String architecture) throws IOException, InterruptedException {
    URL library = JNvPTXCompiler.class.getResource(LIBRARY);
    if (library == null) {
      String notRun = "NOT RUN (no compiler library for this machine): PtxCompilerTest";
      System.out.println(notRun);
      Assumptions.abort(notRun);
      return;
    }
    List<Path> files = new ArrayList<>();
    for (String module : JoinedModules.of(PtxAssemblyTest.sources(architecture))) {
      files.add(Files.writeString(folder.resolve("m" + files.size() + ".ptx"), module));
    }
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      Path temporary = Files.createDirectory(folder.resolve("process" + i));
      processes.add(start(library, temporary, architecture, everyOther(files, i)));
    }
    StringBuilder complaints = new StringBuilder();
    for (Process process : processes) {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      complaints.append(status == 0 ? "" : "status " + status + ": " + output);
    }
    assertEquals("", complaints.toString());
  }

  private static List<Path> everyOther(List<Path> files, int first) {
    return IntStream.range(0, files.size())
        .filter(i -> i % PROCESSES == first)
        .mapToObj(files::get)
        .toList();
  }

  private static Process start(URL library, Path temporary, String architecture, List<Path> files)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The library is unpacked there under a fixed name.
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(classPath(library));
    command.add(PtxCompilerFork.class.getName());
    command.add(architecture);
    files.forEach(file -> command.add(file.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String classPath(URL library) {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> c : List.of(PtxCompilerFork.class, JNvPTXCompiler.class)) {
      places.add(
          Path.of(URI.create(c.getProtectionDomain().getCodeSource().getLocation().toString()))
              .toString());
    }
    String jar = library.toString();
    int end = jar.indexOf("!/");
    places.add(Path.of(URI.create(jar.substring("jar:".length(), end))).toString());
    return String.join(File.pathSeparator, places);
  }
}
