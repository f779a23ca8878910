package io.gradus.op;

import io.gradus.fusion.Step;
import io.gradus.rules.Pullback;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Program;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A pointwise operation for fixed dtypes, with its derivatives as they are asked for.
 *
 * <p>Those are programs of the same kind, so that they can be differentiated again.
 */
public final class MapProgram {
  private final String gradName;
  private final Program program;
  private final List<DType> results;
  private final @Nullable Step step;
  private final Step.@Nullable Part[] parts;
  private @Nullable Pullback lastPullback;
  private final ConcurrentHashMap<Integer, Pullback> pullbacks = new ConcurrentHashMap<>();

  /**
   * A program whose outputs are written as tensors of the given dtypes.
   *
   * @param gradName name of the node that records a call
   */
  public MapProgram(String gradName, Program program, List<DType> results) {
    this.gradName = gradName;
    this.program = program;
    this.results = results;
    this.parts = new Step.Part[results.size()];
    this.step = results.size() == 1 ? Step.of(program) : null;
  }

  /** The program as a link of a chain; null if it has several results. */
  public @Nullable Step step() {
    return step;
  }

  /** The computation of result {@code j} by itself as a link of a chain. */
  public Step.Part part(int j) {
    Step.Part part = parts[j];
    return part != null ? part : (parts[j] = Step.Part.of(program, j));
  }

  /** The name of the node that records a call. */
  public String gradName() {
    return gradName;
  }

  /** What is computed. */
  public Program program() {
    return program;
  }

  /** The dtypes of the results. */
  public List<DType> results() {
    return results;
  }

  /**
   * How gradients flow back to some of the inputs.
   *
   * @param needs bit i is set if input i takes a gradient; inputs beyond 31 always do
   */
  public Pullback pullback(int needs) {
    Pullback p = lastPullback;
    if (p == null || p.needs() != needs) {
      p = pullbacks.computeIfAbsent(needs, n -> new Pullback(this, n));
      lastPullback = p;
    }
    return p;
  }
}
