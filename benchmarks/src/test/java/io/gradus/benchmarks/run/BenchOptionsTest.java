package io.gradus.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.benchmarks.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
  @Test
  void withoutArgumentsAllRowsAreMeasuredInFull() {
    BenchOptions options = BenchOptions.parse();
    assertEquals(List.of(Row.values()), options.selected());
    assertEquals(BenchOptions.Depth.FULL, options.depth());
  }

  @Test
  void anExpressionSelectsRowsByTheirLabel() {
    List<Row> rows = BenchOptions.parse("^matmul (64|f64)", "--quick").selected();
    assertEquals(List.of(Row.MATMUL_64, Row.MATMUL_64_784_256, Row.MATMUL_F64_1024), rows);
  }

  @Test
  void optionsMayStandAnywhere() {
    BenchOptions options = BenchOptions.parse("--tsv", "out.tsv", "sort", "--quick");
    assertEquals(Path.of("out.tsv"), options.tsv());
    assertEquals(BenchOptions.Depth.QUICK, options.depth());
    assertEquals(List.of(Row.SORT), options.selected());
  }

  @Test
  void anotherTableHasNoUseForWhatBelongsToTheComparison() {
    BenchOptions load = BenchOptions.parse("--load", "--markdown", "out.md");
    assertEquals(BenchOptions.Table.LOAD, load.table());
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--load", "--sizes"));
    assertThrows(
        IllegalArgumentException.class, () -> BenchOptions.parse("--load", "--tsv", "out.tsv"));
    assertThrows(
        IllegalArgumentException.class, () -> BenchOptions.parse("--python", "py", "--sizes"));
  }

  @Test
  void memoryIsWatchedForSomeSeconds() {
    BenchOptions options = BenchOptions.parse("--memory", "600", "SGD");
    assertEquals(BenchOptions.Table.MEMORY, options.table());
    assertEquals(600, options.seconds());
    assertEquals(List.of(Row.MLP_SGD, Row.CNN_SGD), options.selected());
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--memory"));
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--memory", "SGD"));
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--memory", "0"));
  }

  @Test
  void whatIsNotAnOptionIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--fast"));
    assertThrows(IllegalArgumentException.class, () -> BenchOptions.parse("--tsv"));
  }
}
