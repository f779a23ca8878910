package io.gradus.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.benchmarks.Effort;
import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Report;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.RowProcess;
import io.gradus.benchmarks.Turn;
import io.gradus.benchmarks.table.Figures;
import io.gradus.benchmarks.table.Outcome;
import io.gradus.benchmarks.table.Outcome.Measured;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowRunsTest {
  /** Reports a row after the other; ends in the midst of one that multiplies. */
  static final class Fragile {
    private Fragile() {}

    /** See {@link RowProcess#arguments}. */
    public static void main(String[] args) {
      for (String name : List.of(args).subList(5, args.length)) {
        Row row = Row.valueOf(name);
        Report.begins(row);
        if (name.startsWith("MUL")) {
          System.out.println("java.lang.IllegalStateException: no multiplier");
          System.exit(3);
        }
        Report.measured(row, 2, 3, 4);
      }
    }
  }

  /** Passes the turn on and does not wait for it. */
  static final class Deserter {
    private Deserter() {}

    /** See {@link RowProcess#arguments}. */
    public static void main(String[] args) {
      Row row = Row.valueOf(args[args.length - 1]);
      Report.begins(row);
      System.out.println(Turn.PASSED + row.name());
      System.exit(5);
    }
  }

  /** Passes the turn on twice, and reports when it had it after each time. */
  static final class Patient {
    private Patient() {}

    /** See {@link RowProcess#arguments}. */
    public static void main(String[] args) throws Exception {
      Row row = Row.valueOf(args[args.length - 1]);
      Report.begins(row);
      double first = afterTurn(row);
      Report.measured(row, first, afterTurn(row), 0);
    }

    /** Milliseconds, as many digits of them as a report has. */
    private static double afterTurn(Row row) throws Exception {
      System.out.println(Turn.PASSED + row.name());
      if (System.in.read() < 0) {
        System.exit(1);
      }
      Thread.sleep(5);
      double now = System.currentTimeMillis() % 100_000_000;
      Thread.sleep(5);
      return now;
    }
  }

  /** Never comes as far as a row. */
  static final class Dead {
    private Dead() {}

    /** See {@link RowProcess#arguments}. */
    public static void main(String[] args) {
      System.exit(4);
    }
  }

  private static Outcome outcome(Figures figures, Row row) {
    return figures.outcome(row, Library.GRADUS).orElseThrow();
  }

  private static void finish(RowRuns runs) throws Exception {
    while (!runs.done()) {
      runs.turn();
    }
  }

  @Test
  void aProcessThatDiesTakesOnlyOneRowWithIt() throws Exception {
    Figures figures = new Figures();
    List<Row> rows = List.of(Row.ADD_8, Row.MUL_1K, Row.ADD_1K);
    finish(new RowRuns(Fragile.class, Library.GRADUS, Effort.smoke(), rows.size(), rows, figures));
    assertEquals(new Measured(2, 3, 4), outcome(figures, Row.ADD_8));
    assertEquals(
        new Outcome.NotRun(
            "process ended with code 3: java.lang.IllegalStateException: no multiplier"),
        outcome(figures, Row.MUL_1K));
    assertEquals(new Measured(2, 3, 4), outcome(figures, Row.ADD_1K));
  }

  @Test
  void aProcessThatNeverBeginsTakesAllItsRowsWithIt() throws Exception {
    Figures figures = new Figures();
    List<Row> rows = List.of(Row.ADD_8, Row.MUL_1K);
    RowRuns runs =
        new RowRuns(Dead.class, Library.GRADUS, Effort.smoke(), rows.size(), rows, figures);
    runs.turn();
    assertTrue(runs.done());
    Outcome reason = new Outcome.NotRun("process ended with code 4");
    assertEquals(reason, outcome(figures, Row.ADD_8));
    assertEquals(reason, outcome(figures, Row.MUL_1K));
  }

  @Test
  void aProcessThatDiesWhileOthersRunSaysSo() throws Exception {
    Figures figures = new Figures();
    finish(
        new RowRuns(
            Deserter.class, Library.GRADUS, Effort.smoke(), 1, List.of(Row.ADD_8), figures));
    assertEquals(new Outcome.NotRun("process ended with code 5"), outcome(figures, Row.ADD_8));
  }

  @Test
  void librariesTakeTurnsAtTheSameRow() throws Exception {
    Figures ours = new Figures();
    Figures theirs = new Figures();
    List<Row> rows = List.of(Row.ADD_8, Row.ADD_1K);
    Bench.takeTurns(
        List.of(
            new RowRuns(Patient.class, Library.GRADUS, Effort.smoke(), 1, rows, ours),
            new RowRuns(
                Patient.class,
                Library.GRADUS,
                Effort.smoke(),
                1,
                rows.subList(1, 2), // the first row is not theirs
                theirs)));
    Measured alone = ours.measured(Row.ADD_8, Library.GRADUS).orElseThrow();
    Measured mine = ours.measured(Row.ADD_1K, Library.GRADUS).orElseThrow();
    Measured yours = theirs.measured(Row.ADD_1K, Library.GRADUS).orElseThrow();
    double[] times = {
      alone.value(), alone.best(), mine.value(), yours.value(), mine.best(), yours.best()
    };
    for (int i = 1; i < times.length; i++) {
      assertTrue(times[i - 1] < times[i], Arrays.toString(times));
    }
  }

  @Test
  void theTurnIsPassedBeforeEachIterationThatCounts() throws Exception {
    Figures figures = new Figures();
    RowRuns runs =
        new RowRuns(
            RowProcess.class,
            Library.GRADUS,
            new Effort(2, 1, 2, 1),
            2,
            List.of(Row.ADD_8, Row.ADD_1K),
            figures);
    runs.turn(); // warms the first row up
    assertEquals(Row.ADD_8, runs.row());
    runs.turn();
    assertEquals(Row.ADD_8, runs.row());
    assertTrue(figures.outcome(Row.ADD_8, Library.GRADUS).isEmpty());
    runs.turn(); // its second iteration, and warms the next row up
    assertEquals(Row.ADD_1K, runs.row());
    runs.turn();
    assertFalse(runs.done());
    runs.turn();
    assertTrue(runs.done());
    for (Row row : List.of(Row.ADD_8, Row.ADD_1K)) {
      Measured figure = figures.measured(row, Library.GRADUS).orElseThrow();
      assertTrue(0 < figure.best() && figure.best() <= figure.value(), figure::toString);
    }
  }
}
