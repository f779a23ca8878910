package io.gradus.backend.cpu.lanes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.kernel.ScalarOp;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final long LIMIT = 100;

  @Test
  void aSlowTrialIsFollowedByARest() {
    Trial trial = new Trial(false, 1_000);
    assertTrue(trial.begin(1_000));
    trial.end(LIMIT, 1_200);
    assertFalse(trial.isOver());
    assertFalse(trial.begin(1_999));
    assertTrue(trial.begin(2_000));
  }

  @Test
  void aFastTrialIsTheLast() {
    Trial trial = new Trial(false, 0);
    assertTrue(trial.begin(0));
    trial.end(LIMIT, LIMIT);
    assertTrue(trial.isOver());
    assertFalse(trial.begin(1_000_000));
  }

  @Test
  void onlyOneThreadTriesAtATime() {
    Trial trial = new Trial(false, 0);
    assertTrue(trial.begin(0));
    assertFalse(trial.begin(1));
    trial.end(LIMIT, 1_000);
    assertTrue(trial.begin(10_000));
  }

  @Test
  void aTrialWhoseLoopThrewIsMadeAgain() {
    Trial trial = new Trial(false, 0);
    assertTrue(trial.begin(0));
    assertFalse(trial.begin(Trial.GIVEN_UP - 1));
    assertTrue(trial.begin(Trial.GIVEN_UP));
    trial.end(LIMIT, Trial.GIVEN_UP + LIMIT);
    assertTrue(trial.isOver());
  }

  @Test
  void elementsAreDoneOnceBeforeDuringAndAfterTrials() {
    // Far more than are done on scalars before the first trial.
    int n = 40_000;
    float[] a = new float[n];
    float[] b = new float[n];
    Random random = new Random(7);
    for (int i = 0; i < n; i++) {
      a[i] = random.nextFloat();
      b[i] = 1 + random.nextFloat();
    }
    float[] expected = new float[n];
    ScalarLanesF32.add(a, 0, b, 0, expected, 0, n);
    for (int round = 0; round < 100; round++) {
      float[] r = a.clone(); // in place: what is done twice is added twice
      Lanes.binary(ScalarOp.ADD, r, 0, b, 0, r, 0, n);
      assertArrayEquals(expected, r);
    }
  }
}
