package io.gradus.nn.rnn;

/** What a plain recurrent network does with the sum of its inputs. */
public enum Nonlinearity {
  /** The hyperbolic tangent. */
  TANH(Cell.TANH),
  /** max(x, 0). */
  RELU(Cell.RELU);

  private final Cell cell;

  Nonlinearity(Cell cell) {
    this.cell = cell;
  }

  Cell cell() {
    return cell;
  }
}
