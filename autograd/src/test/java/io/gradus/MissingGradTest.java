package io.gradus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MissingGradTest {
  /** Reads gradients that are not there: twice of results, and of a leaf. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      Tensor x = Tensor.ones(2).requiresGrad_();
      System.out.println(x.grad());
      Tensor kept = x.mul(3);
      kept.retainGrad();
      System.out.println(kept.grad());
      System.err.println("now");
      Tensor y = x.mul(2);
      System.out.println(y.grad());
      System.out.println(y.mul(2).grad());
    }
  }

  @Test
  @DisplayName("S10.7 asking a result for its .grad gives nothing, and logs why once")
  void explainedOnce() throws Exception {
    // The explanation comes once a process, so it takes one of its own.
    String out = OwnProcess.output(Program.class);
    String said = "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed.";
    int first = out.indexOf(said);
    assertTrue(first > out.indexOf("now") && out.contains("retainGrad()"), out);
    assertEquals(first, out.lastIndexOf(said), out);
    assertEquals(4, out.lines().filter("null"::equals).count(), out);
  }
}
