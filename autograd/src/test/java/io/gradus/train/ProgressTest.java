package io.gradus.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.IterableDataset;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void progressIsALineAnEpochWhereNobodyWatches() {
    Run run = new Run();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    run.settings.callback(Progress.lines(out)).build().fit(run.loader, 2);
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).startsWith("epoch 2  lr "), lines.get(1));
    assertTrue(lines.get(1).contains("validation accuracy "), lines.get(1));
    assertFalse(lines.get(0).contains("\r"));
  }

  @Test
  void aBarIsFullWhenTheEpochIsOver() {
    Run run = new Run();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    run.settings.callback(Progress.bar(out)).build().fit(run.loader, 1);
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("7/7"), text);
    assertTrue(text.lines().anyMatch(l -> l.startsWith("epoch 1  lr ")), text);
  }

  @Test
  void aBarEndsItsLineHoweverSoonItIsOver() {
    for (int i = 0; i < 50; i++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      Bar bar = new Bar(out);
      bar.epochStarted(1, 0, 3);
      bar.ended();
      bar.ended();
      String text = bytes.toString(StandardCharsets.UTF_8);
      assertTrue(text.endsWith(System.lineSeparator()), text);
      assertEquals(1, text.chars().filter(c -> c == '\n').count(), text);
    }
  }

  @Test
  void aBarOfAStreamCountsWhatHasCome() {
    Run run = new Run();
    List<Tensor> sample = List.of(Tensor.ones(4), Tensor.scalar(1L));
    IterableDataset<List<Tensor>> stream = () -> Collections.nCopies(10, sample).iterator();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    run.settings.callback(Progress.bar(out)).build().fit(DataLoader.of(stream, 4), 1);
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("3/?"), text);
  }
}
