package io.gradus.benchmarks.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.table.Outcome.Measured;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
  private static Measured micros(double value) {
    return new Measured(value, Double.NaN, Double.NaN);
  }

  private static double mean(Figures figures) {
    return Figures.mean(figures.rows().stream().map(figures::ratio));
  }

  private static Figures figures() {
    Figures figures = new Figures();
    figures.put(Row.ADD_8, Library.GRADUS, new Measured(0.05, Double.NaN, 72));
    figures.put(Row.ADD_8, Library.DJL, micros(0.9));
    figures.put(Row.ADD_8, Library.MULTIK, micros(0.1));
    figures.put(Row.CHAIN_1K, Library.GRADUS, micros(2));
    figures.put(Row.CHAIN_1K, Library.DJL, micros(16));
    figures.put(Row.CHAIN_1K, Library.MULTIK, new Outcome.Absent());
    return figures;
  }

  @Test
  void theRatioIsTheFastestPeersTimeOverOurs() {
    Figures figures = figures();
    assertEquals(Library.MULTIK, figures.best(Row.ADD_8).orElseThrow().peer());
    assertEquals(2, figures.ratio(Row.ADD_8).orElseThrow(), 1e-9);
    assertEquals(8, figures.ratio(Row.CHAIN_1K).orElseThrow(), 1e-9);
    assertEquals(4, mean(figures), 1e-9);
  }

  @Test
  void bestsHaveTheirOwnRatioAndTheirOwnBestPeer() {
    Figures figures = new Figures();
    figures.put(Row.SUM_16M, Library.GRADUS, new Measured(2, 4, 0));
    figures.put(Row.SUM_16M, Library.DJL, new Measured(3, 20, 0));
    figures.put(Row.SUM_16M, Library.ND4J, new Measured(5, 6, 0));
    figures.put(Row.SUM_16M, Library.PYTORCH, micros(2.5));
    assertEquals(Library.PYTORCH, figures.best(Row.SUM_16M).orElseThrow().peer());
    assertEquals(1.25, figures.ratio(Row.SUM_16M).orElseThrow(), 1e-9);
    assertEquals(1.5, figures.bestRatio(Row.SUM_16M).orElseThrow(), 1e-9);
    List<String> lines = RatioTable.markdown(figures).lines().toList();
    assertEquals(
        "| sum 16M | 2.00 | 3.00 | 5.00 | 2.50 | 0 | 1.25 | 1.50 | PyTorch |", lines.get(2));
    assertEquals(
        "| **all rows**: geometric mean | | | | | | **1.25** | **1.50** | |", lines.getLast());
  }

  @Test
  void tabSeparatedValuesHaveAHeaderAndALineForEachRow() {
    assertEquals(
        List.of(
            "row\tours_us\tpeer\tpeer_us\tratio",
            "add of two 8-element tensors\t0.0500\tMultik\t0.1000\t2.000",
            "((x*2+y).tanh()*z - x).abs().sqrt() at 1K\t2.0000\tDJL (PyTorch)\t16.0000\t8.000"),
        TsvTable.of(figures()).lines().toList());
  }

  @Test
  void aRowWithoutAPeerHasEmptyFieldsAndCountsInNoMean() {
    Figures figures = figures();
    figures.put(Row.RANDN, Library.GRADUS, micros(3));
    assertEquals("randn 1M\t3.0000\t\t\t", TsvTable.of(figures).lines().toList().getLast());
    assertEquals(4, mean(figures), 1e-9);
  }

  @Test
  void theMarkdownTableShowsEachLibraryMeansOfGroupsAndOfAll() {
    List<String> lines = RatioTable.markdown(figures()).lines().toList();
    assertEquals(
        "| row (µs) | Gradus | DJL (PyTorch) | Multik | allocated B | ratio | of bests"
            + " | best peer |",
        lines.get(0));
    assertEquals("|---|---:|---:|---:|---:|---:|---:|---|", lines.get(1));
    assertEquals(
        "| add of two 8-element tensors | 0.050 | 0.900 | 0.100 | 72 | 2.00 | | Multik |",
        lines.get(2));
    assertTrue(lines.contains("| *small tensors*: geometric mean | | | | | **2.00** | | |"));
    assertTrue(
        lines.contains(
            "| ((x\\*2+y).tanh()\\*z - x).abs().sqrt() at 1K | 2.00 | 16.0 | – | | 8.00 |"
                + " | DJL (PyTorch) |"));
    assertEquals("| **all rows**: geometric mean | | | | | **4.00** | | |", lines.getLast());
  }

  @Test
  void whatCouldNotRunSaysSoWithItsReason() {
    Figures figures = figures();
    figures.put(Row.ADD_8, Library.ND4J, new Outcome.NotRun("UnsatisfiedLinkError: no nd4jcpu"));
    String table = RatioTable.markdown(figures);
    assertTrue(table.contains("| 0.900 | NOT RUN | 0.100 |"));
    assertTrue(
        table.contains(
            "- ND4J: NOT RUN (UnsatisfiedLinkError: no nd4jcpu): add of two 8-element tensors"));
    assertEquals(Library.MULTIK, figures.best(Row.ADD_8).orElseThrow().peer());
  }

  @Test
  void aFailureOutranksTheMeasurementThatFollowsIt() {
    Figures figures = new Figures();
    figures.put(Row.ADD_8, Library.GRADUS, new Outcome.NotRun("it failed"));
    figures.put(Row.ADD_8, Library.GRADUS, micros(0.001));
    assertFalse(figures.measured(Row.ADD_8, Library.GRADUS).isPresent());
  }

  @Test
  void underLoadTheTableSaysHowManyTimesSlowerRowsAre() {
    Figures slowdowns = new Figures();
    slowdowns.put(Row.ADD_8, Library.GRADUS, micros(2));
    slowdowns.put(Row.ADD_8, Library.DJL, micros(10));
    slowdowns.put(Row.ADD_1K, Library.GRADUS, new Outcome.NotRun("it failed"));
    slowdowns.put(Row.ADD_1K, Library.DJL, new Outcome.Absent());
    Figures pauses = new Figures();
    pauses.put(Row.ADD_8, Library.GRADUS, micros(1.1));
    String table = SlowdownTable.markdown(slowdowns, pauses);
    assertTrue(table.contains(" DJL (PyTorch) | Gradus: between pauses of 4 ms alone |"));
    assertTrue(table.contains("| add of two 8-element tensors | 2.00 | 10.00 | 1.10 |"));
    assertTrue(table.contains("| add at 1K | NOT RUN |  |  |"));
  }
}
