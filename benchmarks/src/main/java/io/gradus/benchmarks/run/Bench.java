package io.gradus.benchmarks.run;

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
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The command {@code ./gradus bench}: measures, then prints the table. */
public final class Bench {
  private static final int USAGE_ERROR = 64;

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
    if (options.sizes()) {
      String table = Sizes.markdown();
      System.out.print(table);
      write(options.markdown(), table);
      return;
    }
    if (options.selected().isEmpty()) {
      System.err.println("gradus bench: no row has " + options.rows() + " in its name; rows are:");
      Arrays.stream(Row.values()).forEach(r -> System.err.println("  " + r.label()));
      System.exit(USAGE_ERROR);
    }
    long start = System.nanoTime();
    if (options.load()) {
      new Bench(options).compareUnderLoad();
    } else {
      new Bench(options).compare();
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
        new RowRuns(LoadProcess.class, options.depth(), slowdowns).measure(library, its);
        if (library == Library.GRADUS) {
          say(library.title() + ", without and with pauses …");
          new RowRuns(PauseProcess.class, options.depth(), pauses).measure(library, its);
        }
      }
    }
    publish(SlowdownTable.markdown(slowdowns, pauses));
  }

  private void publish(String table) throws IOException {
    String effort = options.depth().name().toLowerCase(Locale.ROOT);
    String text = Machine.markdown(effort, Jvm.rowFlags(Library.GRADUS)) + '\n' + table;
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
      // one group after the other, so that a row's libraries run within minutes of each other
      for (Group g : Group.values()) {
        List<Row> its = all.stream().filter(r -> r.group() == g).toList();
        List<Figures> turns = new ArrayList<>();
        for (int i = 0; i < g.turns(); i++) {
          Figures turn = new Figures();
          measure(turn, its);
          turns.add(turn);
        }
        figures.putLeast(turns);
      }
    } else {
      measure(figures, all);
    }
    return figures;
  }

  private void measure(Figures figures, List<Row> rows) throws IOException, InterruptedException {
    List<Row> within = within(rows);
    for (Library library : Library.values()) {
      List<Row> its = within.stream().filter(library::measures).toList();
      if (library.onJvm() && !rows.isEmpty()) {
        say(library.title() + ", " + rows.getFirst().group().title() + " …");
        new RowRuns(RowProcess.class, options.depth(), figures).measure(library, its);
        new StartRuns(options.depth(), figures).measure(library, rows);
      } else if (options.python() != null && runs(library) && !within.isEmpty()) {
        say(library.title() + " …");
        new PythonRuns(options.depth(), figures).measure(options.python(), library, within);
      }
    }
  }

  /** Compiling each row takes longer than a quick run may. */
  private boolean runs(Library library) {
    return library != Library.TORCH_COMPILE || options.depth() != BenchOptions.Depth.QUICK;
  }

  private static void say(String what) {
    System.err.println("gradus bench: " + what);
  }
}
