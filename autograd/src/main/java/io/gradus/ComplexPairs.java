package io.gradus;

import io.gradus.exec.Reductions;
import io.gradus.fft.Pairs;
import io.gradus.op.TypeNames;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import java.util.List;

/**
 * Complex numbers as pairs (real, imaginary) along a last dimension of size 2, until there are
 * complex dtypes: what PyTorch's {@code view_as_real} shows.
 *
 * <p>A tensor of pairs of shape {@code [3, 4, 2]} stands for a complex tensor of shape {@code [3,
 * 4]}. Gradients are those of the real and of the imaginary part.
 */
public final class ComplexPairs {
  private ComplexPairs() {}

  /**
   * {@code real + i imag}, which broadcast; PyTorch's {@code torch.complex}.
   *
   * @throws DTypeException unless both are f16, f32 or f64, and the same
   */
  public static Tensor complex(Tensor real, Tensor imag) {
    check("complex", real, imag);
    return pair(real, imag);
  }

  /**
   * {@code abs * exp(i angle)}, which broadcast; PyTorch's {@code torch.polar}.
   *
   * @throws DTypeException unless both are f32 or f64, and the same
   */
  public static Tensor polar(Tensor abs, Tensor angle) {
    check("polar", abs, angle);
    if (abs.dtype() == DType.F16) {
      throw new DTypeException("[polar] \"polar_cpu\" not implemented for 'Half'; use to(f32)");
    }
    return pair(abs.mul(angle.cos()), abs.mul(angle.sin()));
  }

  /** Real numbers as complex ones; whole numbers become the default dtype. */
  public static Tensor ofReal(Tensor real) {
    Tensor x = Reductions.floating(real);
    return pair(x, Tensor.zerosLike(x.detach()));
  }

  /** The real parts, a view. */
  public static Tensor real(Tensor pairs) {
    Pairs.check("real", pairs);
    return pairs.select(-1, 0);
  }

  /** The imaginary parts, a view. */
  public static Tensor imag(Tensor pairs) {
    Pairs.check("imag", pairs);
    return pairs.select(-1, 1);
  }

  /** The magnitudes. The gradient at 0 is 0. */
  public static Tensor abs(Tensor pairs) {
    Tensor re = real(pairs);
    Tensor im = imag(pairs);
    Tensor zero = re.eq(0).logicalAnd(im.eq(0));
    return Tensor.where(zero, 0, Tensor.where(zero, 1, re).hypot(im));
  }

  /** The angles to the positive real axis, in radians from -pi to pi. */
  public static Tensor angle(Tensor pairs) {
    return imag(pairs).atan2(real(pairs));
  }

  /** The conjugates. */
  public static Tensor conj(Tensor pairs) {
    return pair(real(pairs), imag(pairs).neg());
  }

  /** The products of complex numbers, which broadcast. */
  public static Tensor mul(Tensor a, Tensor b) {
    Tensor x = real(a);
    Tensor y = imag(a);
    Tensor u = real(b);
    Tensor v = imag(b);
    return pair(x.mul(u).sub(y.mul(v)), x.mul(v).add(y.mul(u)));
  }

  private static Tensor pair(Tensor re, Tensor im) {
    List<Tensor> parts =
        re.shape().equals(im.shape()) ? List.of(re, im) : Tensor.broadcastTensors(List.of(re, im));
    return Tensor.stack(parts, -1);
  }

  private static void check(String name, Tensor a, Tensor b) {
    boolean half = a.dtype() == DType.F16 || b.dtype() == DType.F16;
    for (Tensor t : List.of(a, b)) {
      boolean known = t.dtype() == DType.F32 || t.dtype() == DType.F64 || half;
      if (!known || !t.dtype().isFloating() || t.dtype() == DType.BF16) {
        throw new DTypeException(
            "[%s] Expected both inputs to be Half, Float or Double tensors but got %s and %s; convert with to(dtype)"
                .formatted(name, TypeNames.of(a.dtype()), TypeNames.of(b.dtype())));
      }
    }
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "[%s] Expected object of scalar type %s but got scalar type %s for second argument; convert with to(dtype)"
              .formatted(name, TypeNames.of(a.dtype()), TypeNames.of(b.dtype())));
    }
  }
}
