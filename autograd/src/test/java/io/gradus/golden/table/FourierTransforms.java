package io.gradus.golden.table;

import io.gradus.ComplexPairs;
import io.gradus.Fft;
import io.gradus.FftOptions;
import io.gradus.StftOptions;
import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.OperationRegistry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fourier transforms.
 *
 * <p>The golden files have real tensors only. Where PyTorch takes one as complex, ours gets it as
 * pairs with imaginary parts 0.
 */
final class FourierTransforms {
  /** A transform with options. */
  private interface Transform {
    Tensor of(Tensor input, FftOptions options);
  }

  private FourierTransforms() {}

  static void register(OperationRegistry r) {
    ofPairs(r, "fft", Fft::fft, Fft::fft2, Fft::fftn);
    ofPairs(r, "ifft", Fft::ifft, Fft::ifft2, Fft::ifftn);
    ofPairs(r, "irfft", Fft::irfft, Fft::irfft2, Fft::irfftn);
    ofPairs(r, "hfft", Fft::hfft, Fft::hfft2, Fft::hfftn);
    family(r, "rfft", Fft::rfft, Fft::rfft2, Fft::rfftn);
    family(r, "ihfft", Fft::ihfft, Fft::ihfft2, Fft::ihfftn);
    r.signatures("input dim=[]", "fft.fftshift", "fft.ifftshift");
    r.signature("complex", "real imag");
    r.add("complex", a -> ComplexPairs.complex(part(a, 0, "real"), part(a, 1, "imag")));
    r.signature("polar", "abs angle");
    r.add("polar", a -> ComplexPairs.polar(part(a, 0, "abs"), part(a, 1, "angle")));
    r.signature(
        "stft",
        "input n_fft hop_length=null win_length=null window=null center=true pad_mode=reflect"
            + " normalized=false onesided=null return_complex=null align_to_window=null");
    r.add("stft", a -> Fft.stft(a.tensor(0, "input"), framing(a)));
  }

  private static void ofPairs(
      OperationRegistry r, String name, Transform one, Transform two, Transform all) {
    family(
        r,
        name,
        (x, o) -> one.of(ComplexPairs.ofReal(x), o),
        (x, o) -> two.of(ComplexPairs.ofReal(x), o),
        (x, o) -> all.of(ComplexPairs.ofReal(x), o));
  }

  private static void family(
      OperationRegistry r, String name, Transform one, Transform two, Transform all) {
    r.signature("fft." + name, "input n=null dim=-1 norm=null");
    r.add("fft." + name, a -> one.of(a.tensor(0, "input"), options(a, "n")));
    r.signatures("input s=null dim=null norm=null", "fft." + name + "2", "fft." + name + "n");
    r.add("fft." + name + "2", a -> two.of(a.tensor(0, "input"), options(a, "s")));
    r.add("fft." + name + "n", a -> all.of(a.tensor(0, "input"), options(a, "s")));
  }

  private static FftOptions options(Arguments a, String size) {
    String norm = a.get(3, "norm") instanceof String text ? text : "backward";
    return new FftOptions(
        numbers(a.get(1, size)),
        a.get(2, "dim") == null
            ? null
            : numbers(a.get(2, "dim")).stream().map(Math::toIntExact).toList(),
        FftOptions.Norm.valueOf(norm.toUpperCase(Locale.ROOT)));
  }

  private static @Nullable List<Long> numbers(@Nullable Object given) {
    return given instanceof List<?> list
        ? list.stream().map(x -> (Long) x).toList()
        : given instanceof Long n ? List.of(n) : null;
  }

  private static Tensor part(Arguments a, int position, String name) {
    return (Tensor) a.get(position, name);
  }

  private static StftOptions framing(Arguments a) {
    return new StftOptions(
        a.number(1, "n_fft", 0).longValue(),
        (Long) a.get(2, "hop_length"),
        (Long) a.get(3, "win_length"),
        (Tensor) a.get(4, "window"),
        !(a.get(5, "center") instanceof Boolean center) || center,
        a.get(6, "pad_mode") instanceof String mode ? mode : "reflect",
        a.flag(7, "normalized"),
        (Boolean) a.get(8, "onesided"),
        a.flag(10, "align_to_window"));
  }
}
