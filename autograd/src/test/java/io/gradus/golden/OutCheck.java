package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.golden.GoldenCase.Form;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import org.jspecify.annotations.Nullable;

/**
 * The form of a call whose result goes into a given tensor: one of the right shape, an empty one,
 * and ones that cannot take the result.
 */
final class OutCheck {
  private final OperationRegistry operations;
  private final GoldenCase golden;
  private final Tensor expected;

  OutCheck(OperationRegistry operations, GoldenCase golden, Tensor expected) {
    this.operations = operations;
    this.golden = golden;
    this.expected = expected;
  }

  /** Runs all of them. */
  void run() {
    Options like = Options.dtype(expected.dtype()).withDevice(where());
    Tensor target = Tensor.full(like, expected.shape().toArray(), 1);
    into(target, "out");
    if (!operations.writesTo(golden.operation())) {
      return;
    }
    into(Tensor.empty(like, 0), "empty out");
    DType narrow = refused(expected.dtype());
    if (narrow != null) {
      refused(DTypeException.class, Tensor.zeros(like.withDtype(narrow), shape()));
    }
    refused(ShapeException.class, Tensor.zeros(like, expected.numel() + 2));
  }

  /** Where the operation leaves its result: what creates tensors may do so elsewhere. */
  private Device where() {
    Object result =
        operations.call(golden.operation(), golden.inputs(Form.ORIGINAL, false).arguments());
    return result instanceof Tensor t ? t.device() : GoldenValues.device();
  }

  private long[] shape() {
    return expected.shape().toArray();
  }

  /** A dtype that values of another one cannot be cast to. */
  private static @Nullable DType refused(DType dtype) {
    return switch (dtype) {
      case F16, BF16, F32, F64 -> DType.I64;
      case U8, I8, I16, I32, I64 -> DType.BOOL;
      case BOOL -> null;
    };
  }

  private void into(Tensor target, String what) {
    Object result =
        operations.callInto(
            golden.operation(), golden.inputs(Form.ORIGINAL, false).arguments(), target);
    assertSame(target, result, what + ": returns its target");
    GoldenComparison.same(what, expected, target, RoughReferences.error(golden.operation()));
  }

  private void refused(Class<? extends RuntimeException> error, Tensor target) {
    Tensor before = target.clone();
    assertThrows(
        error,
        () ->
            operations.callInto(
                golden.operation(), golden.inputs(Form.ORIGINAL, false).arguments(), target));
    GoldenComparison.same("refused out", before, target);
  }
}
