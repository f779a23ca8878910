package io.gradus.benchmarks.run;

import io.gradus.benchmarks.Effort;
import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Row;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to measure and where to write it.
 *
 * @param rows found by their label or name
 * @param depth how long
 * @param table which table to print
 * @param seconds for how long each training loop runs of which the memory is watched
 * @param tsv where to write tab-separated values, if anywhere
 * @param markdown where to write the table besides the screen, if anywhere
 * @param python a Python with torch, if there is one
 */
public record BenchOptions(
    Pattern rows,
    Depth depth,
    Table table,
    int seconds,
    @Nullable Path tsv,
    @Nullable Path markdown,
    @Nullable Path python) {
  /** How the command is used. */
  public static final String USAGE =
      """
      usage: ./gradus bench [REGEX] [options]

        REGEX           rows whose name it occurs in; all without it
        --quick         a look at all rows within five minutes
        --smoke         whether everything runs; the figures mean nothing
        --sizes         instead, what operations of Gradus cost at sizes from 1K to 1G
        --load          instead, how much slower rows are while a process spins on each core
        --memory SECONDS instead, what training loops of so many seconds need of the heap
        --tsv FILE      write row, ours_us, peer, peer_us, ratio
        --markdown FILE write the table
        --python PATH   measure the official PyTorch of this Python, too
      """;

  /** What is measured. */
  public enum Table {
    /** Gradus and its peers. */
    COMPARISON,
    /** Operations of Gradus at all sizes. */
    SIZES,
    /** How much slower rows are while other processes want the cores. */
    LOAD,
    /** What training loops need of the heap. */
    MEMORY
  }

  /** How thorough a run is. */
  public enum Depth {
    /** Figures to publish. */
    FULL,
    /** A look. */
    QUICK,
    /** A test. */
    SMOKE;

    /** The effort for a row. */
    Effort effort(Library library) {
      return switch (this) {
        case FULL -> Effort.full(library);
        case QUICK -> Effort.quick(library);
        case SMOKE -> Effort.smoke();
      };
    }
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is not understood
   */
  public static BenchOptions parse(String... args) {
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    Pattern rows = Pattern.compile("");
    Depth depth = Depth.FULL;
    Table table = Table.COMPARISON;
    int seconds = 0;
    Path tsv = null;
    Path markdown = null;
    Path python = null;
    while (!rest.isEmpty()) {
      String arg = rest.removeFirst();
      switch (arg) {
        case "--sizes" -> table = only(table, Table.SIZES);
        case "--quick" -> depth = Depth.QUICK;
        case "--smoke" -> depth = Depth.SMOKE;
        case "--load" -> table = only(table, Table.LOAD);
        case "--memory" -> {
          table = only(table, Table.MEMORY);
          seconds = seconds(rest.pollFirst());
        }
        case "--tsv" -> tsv = path(arg, rest);
        case "--markdown" -> markdown = path(arg, rest);
        case "--python" -> python = path(arg, rest);
        default -> {
          if (arg.startsWith("--")) {
            throw new IllegalArgumentException("no option " + arg);
          }
          rows = Pattern.compile(arg);
        }
      }
    }
    if (table != Table.COMPARISON && (tsv != null || python != null)) {
      throw new IllegalArgumentException(
          "--tsv and --python belong to the comparison of libraries, not to another table");
    }
    return new BenchOptions(rows, depth, table, seconds, tsv, markdown, python);
  }

  private static Table only(Table before, Table wanted) {
    if (before != Table.COMPARISON) {
      throw new IllegalArgumentException(
          "--sizes, --load and --memory are different tables; ask for one");
    }
    return wanted;
  }

  private static int seconds(@Nullable String text) {
    if (text == null || !text.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException("--memory needs a number of seconds");
    }
    return Integer.parseInt(text);
  }

  private static Path path(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a path");
    }
    return Path.of(rest.removeFirst());
  }

  /** The rows it selects; of memory only training loops tell. */
  public List<Row> selected() {
    return Arrays.stream(Row.values())
        .filter(r -> rows.matcher(r.label()).find() || rows.matcher(r.name()).find())
        .filter(r -> table != Table.MEMORY || MemoryRuns.isLoop(r))
        .toList();
  }
}
