package io.gradus.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** One row of one library. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class RowBenchmark {
  private static final int FIRST_CALLS = 2;

  /** Whose. */
  @Param("GRADUS")
  public Library library = Library.GRADUS;

  /** Which. */
  @Param("ADD_8")
  public Row row = Row.ADD_8;

  private LibraryRows.Work work = () -> null;

  /**
   * Operands, and first calls: what cannot run says so here. It is not thrown on, since JMH would
   * carry the state over into the next row of this process; the report outranks the measurement.
   */
  @Setup
  public void setUp() {
    try {
      LibraryRows.Preparation preparation = library.load().of(row);
      if (preparation == null) {
        throw new IllegalArgumentException(library.title() + " has no " + row.label());
      }
      work = preparation.prepare();
      for (int i = 0; i < FIRST_CALLS; i++) {
        work.run();
      }
    } catch (Throwable t) {
      Report.notRun(row, t);
      work = () -> null;
    }
  }

  /** Iterations that count take turns with those of other libraries. */
  @Setup(Level.Iteration)
  public void passTurn(IterationParams iteration) throws IOException {
    if (iteration.getType() == IterationType.MEASUREMENT) {
      Turn.pass(row);
    }
  }

  /** The row. */
  @Benchmark
  public @Nullable Object run() {
    return work.run();
  }

  /** Lets go of the operands: the next row of this process has its own. */
  @TearDown
  public void tearDown() {
    work = () -> null;
    System.gc();
  }
}
