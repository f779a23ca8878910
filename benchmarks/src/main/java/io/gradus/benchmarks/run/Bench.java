package io.gradus.benchmarks.run;

import io.gradus.benchmarks.Effort;
import io.gradus.benchmarks.Group;
import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.LoadProcess;
import io.gradus.benchmarks.PauseProcess;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.RowProcess;
import io.gradus.benchmarks.ours.Sizes;
import io.gradus.benchmarks.table.Figures;
import io.gradus.benchmarks.table.Machine;
import io.gradus.benchmarks.table.RatioTable;
import io.gradus.benchmarks.table.SlowdownTable;
import io.gradus.benchmarks.table.TsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The command {@code ./gradus bench}: measures, then prints the table. */
public final class Bench {
  private static final int USAGE_ERROR = 64;

  /** Turns with load last several times as long as those without. */
  private static final int SLOWDOWN_TURNS = 10;

  private final BenchOptions options;

  private Bench(BenchOptions options) {
    this.options = options;
  }

  /** See {@link BenchOptions#USAGE}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    BenchOptions options;
    try {
      options = BenchOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("gradus bench: " + e.getMessage() + "\n\n" + BenchOptions.USAGE);
      System.exit(USAGE_ERROR);
      return;
    }
    if (options.selected().isEmpty()) {
      System.err.println("gradus bench: no row has " + options.rows() + " in its name; rows are:");
      Arrays.stream(Row.values()).forEach(r -> System.err.println("  " + r.label()));
      System.exit(USAGE_ERROR);
    }
    long start = System.nanoTime();
    Bench bench = new Bench(options);
    switch (options.table()) {
      case COMPARISON -> bench.compare();
      case SIZES -> bench.tell(Sizes.markdown());
      case LOAD -> bench.compareUnderLoad();
      case MEMORY -> bench.tell(MemoryRuns.markdown(options.selected(), options.seconds()));
    }
    say("took " + (System.nanoTime() - start) / 1_000_000_000 + " s");
  }

  private void compare() throws IOException, InterruptedException {
    Figures figures = measure();
    publish(RatioTable.markdown(figures));
    write(options.tsv(), TsvTable.of(figures));
  }

  private void compareUnderLoad() throws IOException, InterruptedException {
    Figures slowdowns = new Figures();
    Figures pauses = new Figures();
    for (Library library : Library.values()) {
      List<Row> its = within(options.selected()).stream().filter(library::measures).toList();
      if (library.onJvm() && !its.isEmpty()) {
        say(library.title() + ", without and with load …");
        slowDown(LoadProcess.class, library, its, slowdowns);
        if (library == Library.GRADUS) {
          say(library.title() + ", without and with pauses …");
          slowDown(PauseProcess.class, library, its, pauses);
        }
      }
    }
    publish(SlowdownTable.markdown(slowdowns, pauses));
  }

  private void slowDown(Class<?> main, Library library, List<Row> rows, Figures figures)
      throws IOException, InterruptedException {
    Effort effort = options.depth().effort(library).atMost(SLOWDOWN_TURNS);
    RowRuns runs = new RowRuns(main, library, effort, rows.size(), rows, figures);
    while (!runs.done()) {
      runs.turn();
    }
  }

  private void publish(String table) throws IOException {
    String effort = options.depth().name().toLowerCase(Locale.ROOT);
    tell(Machine.markdown(effort, Jvm.rowFlags(Library.GRADUS)) + '\n' + table);
  }

  private void tell(String text) throws IOException {
    System.out.print(text);
    write(options.markdown(), text);
  }

  /** The rows that are measured within a process. */
  private static List<Row> within(List<Row> rows) {
    return rows.stream().filter(r -> !r.operation().isProcess()).toList();
  }

  private static void write(@Nullable Path file, String text) throws IOException {
    if (file != null) {
      Files.writeString(file, text);
    }
  }

  private Figures measure() throws IOException, InterruptedException {
    Figures figures = new Figures();
    List<Row> all = options.selected();
    if (options.depth() == BenchOptions.Depth.FULL) {
      // peers have a fresh process for each group
      for (Group g : Group.values()) {
        measure(figures, all.stream().filter(r -> r.group() == g).toList());
      }
    } else {
      measure(figures, all);
    }
    return figures;
  }

  private void measure(Figures figures, List<Row> rows) throws IOException, InterruptedException {
    List<Row> within = within(rows);
    List<RowRuns> runs = new ArrayList<>();
    for (Library library : Library.values()) {
      List<Row> its = within.stream().filter(library::measures).toList();
      if (library.onJvm() && !its.isEmpty()) {
        Effort effort = options.depth().effort(library);
        int atOnce = rowsAtOnce(library);
        runs.add(new RowRuns(RowProcess.class, library, effort, atOnce, its, figures));
      }
    }
    takeTurns(runs);
    for (Library library : Library.values()) {
      if (library.onJvm()) {
        new StartRuns(options.depth(), figures).measure(library, rows);
      } else if (options.python() != null && runs(library) && !within.isEmpty()) {
        say(library.title() + " …");
        new PythonRuns(options.depth(), figures).measure(options.python(), library, within);
      }
    }
  }

  /**
   * Row by row, all libraries that have it iteration by iteration: how much memory and how much of
   * the cores there is changes within seconds on a machine that is shared.
   */
  static void takeTurns(List<RowRuns> runs) throws IOException, InterruptedException {
    List<RowRuns> left = new ArrayList<>(runs);
    Row said = null;
    while (!left.isEmpty()) {
      Row row = left.stream().map(RowRuns::row).min(Comparator.naturalOrder()).orElseThrow();
      if (row != said) {
        say(row.label() + " …");
        said = row;
      }
      for (RowRuns run : left) {
        if (run.row() == row) {
          run.turn();
        }
      }
      left.removeIf(RowRuns::done);
    }
  }

  /** What is compiled for one row is not what it would be for another. */
  private int rowsAtOnce(Library library) {
    boolean apart = library == Library.GRADUS && options.depth() != BenchOptions.Depth.SMOKE;
    return apart ? 1 : Row.values().length;
  }

  /** Compiling each row takes longer than a quick run may. */
  private boolean runs(Library library) {
    return library != Library.TORCH_COMPILE || options.depth() != BenchOptions.Depth.QUICK;
  }

  private static void say(String what) {
    System.err.println("gradus bench: " + what);
  }
}
