package io.gradus.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The files with PyTorch's answers: those in the directory that the system property {@code
 * gradus.goldens} names, else those committed as resources.
 */
public final class GoldenFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoldenFiles() {}

  /** Whether a file is there. */
  public static boolean exists(String name) {
    String dir = System.getProperty("gradus.goldens");
    return dir != null && Files.exists(Path.of(dir, name))
        || GoldenFiles.class.getResource("/goldens/" + name) != null;
  }

  /** The objects of a {@code .jsonl.gz} file, one a line. */
  public static List<JsonNode> lines(String name) {
    try {
      return lines(open(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The objects of a committed file, whatever folder is named. */
  public static List<JsonNode> committed(String name) {
    InputStream in = GoldenFiles.class.getResourceAsStream("/goldens/" + name);
    if (in == null) {
      throw new IllegalStateException("no resource goldens/" + name);
    }
    return lines(in);
  }

  private static List<JsonNode> lines(InputStream compressed) {
    List<JsonNode> all = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(compressed), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        all.add(JSON.readTree(line));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The object in a {@code .json} file; as a resource it is compressed ({@code .json.gz}). */
  public static JsonNode whole(String name) {
    String dir = System.getProperty("gradus.goldens");
    boolean plain = dir != null && Files.exists(Path.of(dir, name));
    try (InputStream in = plain ? open(name) : new GZIPInputStream(open(name + ".gz"))) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) throws IOException {
    String dir = System.getProperty("gradus.goldens");
    if (dir != null && Files.exists(Path.of(dir, name))) {
      return Files.newInputStream(Path.of(dir, name));
    }
    InputStream in = GoldenFiles.class.getResourceAsStream("/goldens/" + name);
    if (in == null) {
      throw new IOException("no golden file " + name + "; set -Dgradus.goldens=DIR");
    }
    return in;
  }
}
