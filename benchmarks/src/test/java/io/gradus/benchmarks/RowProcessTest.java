package io.gradus.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RowProcessTest {
  @Test
  void theMiddleHalfCounts() {
    assertEquals(7, RowProcess.middleMean(7));
    assertEquals(6, RowProcess.middleMean(1, 5, 7, 100));
    assertEquals(6, RowProcess.middleMean(5, 6, 7));
  }
}
