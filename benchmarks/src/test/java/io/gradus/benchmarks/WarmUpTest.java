package io.gradus.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static long[] ends(long... lengths) {
    long[] ends = lengths.clone();
    Arrays.parallelPrefix(ends, Long::sum);
    return ends;
  }

  @Test
  void aProcessIsWarmWhenMostStepsOfAWindowAreAlmostAsFastAsTheLast() {
    long[] lengths = new long[400];
    Arrays.fill(lengths, 0, 100, 1000);
    Arrays.fill(lengths, 100, 400, 100);
    // the window of 21 steps with eleven fast ones
    assertEquals(110, WarmUp.firstFast(ends(lengths)));
  }

  @Test
  void aProcessThatIsFastFromTheStartIsWarmAfterOneWindow() {
    long[] lengths = new long[100];
    Arrays.fill(lengths, 50);
    assertEquals(20, WarmUp.firstFast(ends(lengths)));
  }
}
